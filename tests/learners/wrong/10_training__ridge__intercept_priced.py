# mistake: the intercept has a price in the gradient
import numpy as np
def ridge(theta, X, y, alpha):
    r = theta[0] + X @ theta[1:] - y
    A = np.column_stack([np.ones(len(y)), X])
    return np.mean(r**2) + alpha * np.sum(theta[1:] ** 2), 2 * A.T @ r / len(y) + 2 * alpha * theta
