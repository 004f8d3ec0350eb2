# right: uniform same std
import numpy as np


def init_fnn(n_in, n_hidden, n_out, rng):
    a, b = np.sqrt(3 / n_in), 0.1 * np.sqrt(3 / n_hidden)
    return {"W1": rng.uniform(-a, a, (n_in, n_hidden)), "b1": np.zeros(n_hidden), "W2": rng.uniform(-b, b, (n_hidden, n_out)), "b2": np.zeros(n_out)}
