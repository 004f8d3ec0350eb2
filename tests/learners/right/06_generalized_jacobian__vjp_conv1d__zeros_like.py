import numpy as np


def vjp_conv1d(x, k, u):
    dx, dk = np.zeros_like(x), np.zeros_like(k)
    for o in range(len(u)):
        for j in range(len(k)):
            dx[o + j] += u[o] * k[j]
            dk[j] += u[o] * x[o + j]
    return dx, dk
