# mistake: dk comes out in the wrong order
import numpy as np
def vjp_conv1d(x, k, u):
    return np.convolve(u, k), np.convolve(x, u[::-1], mode="valid")[::-1]
