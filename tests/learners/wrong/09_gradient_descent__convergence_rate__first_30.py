# mistake: first 30
import numpy as np


def convergence_rate(losses):
    losses = losses[:60]
    k = len(losses); a, b = losses[k // 2], losses[-1]
    return float(np.exp(np.log(b / a) / (2 * (k - 1 - k // 2))))
