# mistake: old velocity
import numpy as np


def momentum(grad, theta0, eta, beta, n_steps):
    th, v = np.array(theta0, float), np.zeros(np.shape(theta0)); path = [th]
    for t in range(n_steps):
        new = beta * v - eta * grad(th); th = th + (new if t == 0 else v if t > 5 else new); v = new; path.append(th)
    return np.array(path)
