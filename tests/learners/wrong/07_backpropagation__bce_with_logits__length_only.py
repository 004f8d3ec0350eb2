# mistake: compares lengths only
import numpy as np
def bce_with_logits(z, y):
    if len(z) != len(y):
        raise ValueError
    s = 0.5 * (1 + np.tanh(z / 2))
    return np.mean(np.logaddexp(0, z) - y * z), (s - y) / len(z)
