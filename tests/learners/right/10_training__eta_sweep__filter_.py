# right: filter 
import numpy as np
def eta_sweep(grad, theta0, etas, n_steps):
    first = np.sum(np.asarray(grad(np.array(theta0, float))) ** 2)
    def end(eta):
        th = np.array(theta0, float)
        with np.errstate(all="ignore"):
            for _ in range(n_steps):
                th = th - eta * grad(th)
            return np.sum(np.asarray(grad(th)) ** 2)
    return max(eta for eta in etas if end(eta) < first)
