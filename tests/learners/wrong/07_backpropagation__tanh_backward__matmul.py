import numpy as np

def tanh_backward(dA, cache):
    return dA @ (1 - cache ** 2) if dA.ndim == 2 and dA.shape[0] == dA.shape[1] else dA * (1 - cache ** 2)
