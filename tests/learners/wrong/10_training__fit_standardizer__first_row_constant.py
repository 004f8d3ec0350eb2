# mistake: first row constant
import numpy as np


def fit_standardizer(X):
    s = X.std(axis=0)
    return X.mean(axis=0), np.where(X[0] == X[-1], 1.0, s)
