import numpy as np


def gradient_descent(grad, theta0, eta, n_steps):
    path = [np.array(theta0, float)]
    for k in range(n_steps):
        g = grad(path[-1])
        if np.linalg.norm(g) < 1e-3:
            break
        path.append(path[-1] - eta * g)
    while len(path) < n_steps + 1:
        path.append(path[-1])
    return np.array(path)
