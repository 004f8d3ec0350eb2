import numpy as np


def batch_block_diagonal(G, tol):
    N = len(G)
    return all(np.allclose(G[b, :, c, :], 0, atol=tol) for b in range(N) for c in range(N) if b != c)
