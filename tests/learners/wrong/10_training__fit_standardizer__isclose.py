# np.isclose(std, 0)
import numpy as np


def fit_standardizer(X):
    s = X.std(axis=0)
    return X.mean(axis=0), np.where(np.isclose(s, 0), 1.0, s)
