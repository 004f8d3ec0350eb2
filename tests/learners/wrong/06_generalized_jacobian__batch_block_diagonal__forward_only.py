import numpy as np


def batch_block_diagonal(G, tol):
    m = G.shape[0]
    return all(np.abs(G[a, :, b]).max() <= tol for a in range(m) for b in range(a + 1, m))
