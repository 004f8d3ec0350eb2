# einsum for matrices
import numpy as np


def genjac_elementwise(fprime, X):
    m, n = X.shape
    return np.einsum("ij,ik,jl->ijkl", fprime(X), np.eye(m), np.eye(n))
