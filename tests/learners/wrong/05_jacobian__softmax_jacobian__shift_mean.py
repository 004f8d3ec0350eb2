# mistake: shifts by the mean of the scores
import numpy as np


def softmax_jacobian(z):
    e = np.exp(z - z.mean())
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)
