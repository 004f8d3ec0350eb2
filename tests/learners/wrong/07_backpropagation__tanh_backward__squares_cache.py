# mistake: squares the cache in place, which a second backward pass then finds
import numpy as np


def tanh_forward(Z):
    A = np.tanh(Z)
    return A, A


def tanh_backward(dA, cache):
    cache *= cache
    return dA * (1 - cache)
