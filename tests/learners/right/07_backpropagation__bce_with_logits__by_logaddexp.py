# logaddexp, tanh for the sigmoid
import numpy as np
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y, float)
    if z.shape != y.shape:
        raise ValueError("shapes differ")
    loss = (np.logaddexp(0, -z) * y + np.logaddexp(0, z) * (1 - y)).mean()
    return loss, (0.5 + 0.5 * np.tanh(0.5 * z) - y) / y.size
