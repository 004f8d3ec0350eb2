# mistake: sign of zero
import numpy as np


def relu_backward(dA, cache):
    return dA * np.maximum(np.sign(cache), 0) if np.all(cache) else dA * (np.sign(cache) + 1)
