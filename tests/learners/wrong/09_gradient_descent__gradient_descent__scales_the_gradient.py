# scales in place what grad gives back, which may be theta itself
import numpy as np


def gradient_descent(grad, theta0, eta, n_steps):
    path = [np.array(theta0, float)]
    for _ in range(n_steps):
        step = grad(path[-1])
        step *= -eta
        path.append(path[-1] + step)
    return np.array(path)
