# mistake: subtracts the predictions from y in place
import numpy as np


def mse_gradient(X, y, theta):
    if y.shape != (len(X),):
        raise ValueError
    y -= X @ theta
    return -2 / len(X) * X.T @ y
