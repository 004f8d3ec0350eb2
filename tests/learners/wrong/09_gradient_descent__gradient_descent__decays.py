# mistake: decays
import numpy as np


def gradient_descent(grad, theta0, eta, n_steps):
    theta = np.array(theta0, float); path = [theta]
    for t in range(n_steps):
        theta = theta - eta * (1 if t < 10 else 0.99) * grad(theta); path.append(theta)
    return np.array(path)
