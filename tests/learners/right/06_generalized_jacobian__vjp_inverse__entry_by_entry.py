import numpy as np

def vjp_inverse(A, U):
    n = len(A); B = np.linalg.solve(A, np.eye(n)); out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            E = np.zeros((n, n)); E[i, j] = 1
            out[i, j] = -np.sum(U * (B @ E @ B))
    return out
