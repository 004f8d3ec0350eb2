# right: uniform
import numpy as np
def init_fnn(n_in, n_hidden, n_out, rng):
    a = np.sqrt(3)
    return {
        "W1": rng.uniform(-a, a, (n_in, n_hidden)) / np.sqrt(n_in), "b1": np.zeros((n_hidden,)),
        "W2": rng.uniform(-a, a, (n_hidden, n_out)) * 0.1 / np.sqrt(n_hidden), "b2": np.zeros((n_out,)),
    }
