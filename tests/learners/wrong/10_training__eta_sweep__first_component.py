# mistake: first component
import numpy as np
def eta_sweep(grad, theta0, etas, n_steps):
    start = abs(np.ravel(grad(theta0))[0])
    best = 0
    for eta in etas:
        th = theta0
        for _ in range(n_steps):
            th = th - eta * grad(th)
        if abs(np.ravel(grad(th))[0]) < start and eta > best:
            best = eta
    return best if best else min(etas)
