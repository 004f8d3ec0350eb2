import numpy as np

def lipschitz_constant(A):
    v = np.ones(len(A))
    for _ in range(100):
        v = A @ v; v = v / np.linalg.norm(v)
    return v @ A @ v
