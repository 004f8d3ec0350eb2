import numpy as np


def genjac_matmul(X, W):
    (m, n), k = X.shape, W.shape[1]
    GX, GW = np.zeros((m, k, m, n)), np.zeros((m, k, n, k))
    for i in range(m):
        for j in range(k):
            GX[i, j, i] = W[:, j]
            GW[i, j, :, j] = X[i]
    return GX, GW
