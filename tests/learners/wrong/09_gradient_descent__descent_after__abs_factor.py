import numpy as np


def descent_after(A, theta0, eta, t):
    lam, Q = np.linalg.eigh(A)
    return Q @ (np.abs(1 - eta * lam) ** t * (Q.T @ theta0))
