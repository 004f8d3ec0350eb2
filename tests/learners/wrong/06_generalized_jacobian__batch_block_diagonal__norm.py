# mistake: compares the norm of all links between two examples with tol
import numpy as np


def batch_block_diagonal(G, tol):
    N = len(G)
    return all(bool(np.linalg.norm(G[b, :, c, :]) <= tol) for b in range(N) for c in range(N) if b != c)
