import numpy as np

def vjp_inverse(A, U):
    B = np.linalg.pinv(A, rcond=1e-2); return -B.T @ U @ B.T
