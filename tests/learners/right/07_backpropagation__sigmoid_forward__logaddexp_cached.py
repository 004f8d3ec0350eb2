# right: logaddexp
import numpy as np


def sigmoid_forward(Z):
    S = np.exp(-np.logaddexp(0, -np.asarray(Z, float)))
    return S, S
