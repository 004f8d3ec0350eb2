import numpy as np


def gradient_descent(grad, theta0, eta, n_steps):
    path = [theta0.astype(float)]
    g = grad(path[0])
    for k in range(n_steps):
        path.append(path[-1] - eta * g)
        g = grad(path[-1])
    return np.array(path)
