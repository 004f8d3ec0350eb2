# right: two points
import numpy as np
def momentum(grad, theta0, eta, beta, n_steps):
    path = np.empty((n_steps + 1,) + np.shape(theta0))
    path[0] = theta0
    for t in range(n_steps):
        before = path[t - 1] if t > 0 else path[0]
        path[t + 1] = path[t] - eta * np.asarray(grad(path[t].copy())) + beta * (path[t] - before)
    return path
