# u scaled to sum 1
import numpy as np


def vjp_softmax(z, u):
    s = np.exp(z - z.max()); s /= s.sum()
    return s * (u - s @ u) if abs(u.sum()) > 1e-12 else np.zeros(len(z))
