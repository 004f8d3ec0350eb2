# mistake: one spread for the whole table
import numpy as np
def fit_standardizer(X):
    s = X.std()
    return X.mean(axis=0), np.full(X.shape[1], s if s > 0 else 1.0)
