# mistake: clipped
import numpy as np
def tanh_backward(dA, cache):
    return dA * np.maximum(1 - cache**2, 1e-3)
