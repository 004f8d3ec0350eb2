import numpy as np


def genjac_matmul(X, W):
    m, n = X.shape
    k = W.shape[1]
    GX = np.einsum("ac,db->abcd", np.eye(m), W)
    GW = np.einsum("ac,bd->abcd", X, np.eye(k))
    return GX, GW.transpose(0, 1, 3, 2)
