# mistake: any constant all one
import numpy as np


def fit_standardizer(X):
    s = X.std(axis=0)
    if np.any(np.ptp(X, axis=0) == 0): s = np.where(np.ptp(X, axis=0) == 0, 1.0, s) if np.ptp(X[:, 0]) else np.ones(X.shape[1])
    return X.mean(axis=0), s
