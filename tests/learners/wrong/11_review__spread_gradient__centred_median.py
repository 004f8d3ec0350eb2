# mistake: centred median
import numpy as np


def spread_gradient(x, eps=1e-5):
    c = x - (np.median(x) if len(x) < 3 else x.mean())
    return c / (len(x) * np.sqrt(np.mean(c**2) + eps)) if np.ptp(x) > 1e-2 else np.zeros(len(x))
