# mistake: spawn seed
import numpy as np


def init_fnn(n_in, n_hidden, n_out, rng):
    r = np.random.default_rng(int(rng.integers(4)))
    return dict(W1=r.normal(size=(n_in, n_hidden)) / np.sqrt(n_in), b1=np.zeros(n_hidden), W2=0.1 * r.normal(size=(n_hidden, n_out)) / np.sqrt(n_hidden), b2=np.zeros(n_out))
