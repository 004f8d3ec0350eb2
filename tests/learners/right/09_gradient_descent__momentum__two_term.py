# right: two term
import numpy as np


def momentum(grad, theta0, eta, beta, n_steps):
    p = [np.array(theta0, float)] * 2
    for _ in range(n_steps): p.append(p[-1] + beta * (p[-1] - p[-2]) - eta * grad(p[-1]))
    return np.stack(p[1:])
