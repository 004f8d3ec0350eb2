import numpy as np

def init_fnn(n_in, n_hidden, n_out, rng):
    b = np.zeros(max(n_hidden, n_out))
    return {"W1": rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_hidden)), "b1": b[:n_hidden], "W2": rng.normal(0, 0.1 / np.sqrt(n_hidden), (n_hidden, n_out)), "b2": b[:n_out]}
