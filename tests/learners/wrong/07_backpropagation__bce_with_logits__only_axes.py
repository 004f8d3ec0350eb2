# mistake: compares the number of axes only, so one label is spread over all logits
import numpy as np


def bce_with_logits(z, y):
    if np.ndim(z) != np.ndim(y):
        raise ValueError("shapes")
    s = np.exp(-np.logaddexp(0, -z))
    return np.mean(np.logaddexp(0, z) - y * z), (s - y) / len(z)
