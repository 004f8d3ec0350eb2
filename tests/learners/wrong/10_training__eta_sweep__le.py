# mistake: le
import numpy as np


def eta_sweep(grad, theta0, etas, n_steps):
    with np.errstate(all="ignore"):
        n0, ok = np.linalg.norm(grad(theta0)), []
        for eta in etas:
            th = np.array(theta0, float)
            for _ in range(n_steps): th = th - eta * grad(th)
            ok.append(bool(np.linalg.norm(grad(th)) < 0.999 * n0))
    return float(np.asarray(etas)[ok].max())
