import numpy as np

def ridge(theta, X, y, alpha):
    e = y - theta[0] - X @ theta[1:]; m = len(y)
    return e @ e / m + alpha * theta[1:] @ theta[1:], np.r_[2 * e.mean(), 2 / m * X.T @ e + 2 * alpha * theta[1:]]
