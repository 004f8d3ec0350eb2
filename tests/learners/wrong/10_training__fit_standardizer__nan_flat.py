# mistake: nan flat
import numpy as np
def fit_standardizer(X):
    s = X.std(axis=0)
    return X.mean(axis=0), s / s * s
