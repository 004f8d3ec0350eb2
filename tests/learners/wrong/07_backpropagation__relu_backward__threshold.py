# mistake: threshold
import numpy as np
def relu_backward(dA, cache):
    return dA * (cache > 1e-8)
