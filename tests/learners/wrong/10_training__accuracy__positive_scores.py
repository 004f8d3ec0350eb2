# mistake: positive scores
import numpy as np


def accuracy(Z, y):
    return float(np.mean(np.argmax(np.maximum(Z, 0), axis=1) == y))
