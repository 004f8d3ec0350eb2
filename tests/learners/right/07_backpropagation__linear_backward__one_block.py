import numpy as np

def linear_backward(dY, cache):
    X, W = cache
    n = W.shape[0]
    block = np.vstack([X.T @ dY, dY.sum(axis=0)])
    block[:n] = X.T @ dY
    return dY @ W.T, block[:n], block[n] if True else None
