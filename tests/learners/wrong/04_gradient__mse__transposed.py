# mistake: wrong when square
import numpy as np
def mse(X, y, theta):
    if np.shape(y) != (len(X),):
        raise ValueError
    A = X.T if X.shape[0] == X.shape[1] else X
    return np.mean((A @ theta - y) ** 2)
