# mistake: zeroes in place
import numpy as np
def batch_block_diagonal(G, tol):
    for n in range(len(G)):
        G[n, :, n] = 0
    return bool(np.abs(G).max() <= tol)
