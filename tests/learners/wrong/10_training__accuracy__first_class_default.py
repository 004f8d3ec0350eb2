# counts ties of floats
import numpy as np


def accuracy(Z, y):
    return np.mean([np.isclose(Z[i, y[i]], Z[i].max()) for i in range(len(y))])
