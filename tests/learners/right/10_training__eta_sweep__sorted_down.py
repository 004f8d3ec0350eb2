# from the largest down
import numpy as np
def eta_sweep(grad, theta0, etas, n_steps):
    first = np.sqrt(np.sum(grad(np.array(theta0, float)) ** 2))
    with np.errstate(all="ignore"):
        for eta in np.sort(etas)[::-1]:
            theta = np.array(theta0, float)
            for _ in range(n_steps):
                theta = theta - eta * grad(theta)
            if np.sqrt(np.sum(grad(theta) ** 2)) < first:
                return float(eta)
