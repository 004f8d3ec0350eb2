# mistake: stops at zero grad
import numpy as np


def gradient_descent(grad, theta0, eta, n_steps):
    theta = np.array(theta0, float); path = [theta]
    for t in range(n_steps):
        g = grad(theta)
        if np.linalg.norm(g) < 1e-9: break
        theta = theta - eta * g; path.append(theta)
    while len(path) < n_steps + 1: path.append(path[-1])
    return np.array(path)
