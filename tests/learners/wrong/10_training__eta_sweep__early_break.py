# mistake: early break
import numpy as np
def eta_sweep(grad, theta0, etas, n_steps):
    start = np.linalg.norm(grad(theta0))
    best = 0
    for eta in etas:
        th, ok = theta0, True
        for _ in range(n_steps):
            th = th - eta * grad(th)
            if np.linalg.norm(grad(th)) > start:
                ok = False
                break
        if ok and eta > best:
            best = eta
    return best if best else min(etas)
