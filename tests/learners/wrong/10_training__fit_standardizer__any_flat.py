# mistake: any flat
import numpy as np
def fit_standardizer(X):
    s = X.std(axis=0)
    if np.any(s == 0):
        s = np.ones_like(s)
    return X.mean(axis=0), s
