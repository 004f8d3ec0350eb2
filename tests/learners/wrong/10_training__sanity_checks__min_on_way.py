# mistake: min on way
import numpy as np


def sanity_checks(loss, grad, theta0, n_classes, eta, n_steps):
    L0, ref = loss(theta0), np.log(n_classes)
    g = np.asarray(grad(theta0)); h = 1e-5
    s = np.array([(loss(theta0 + h * e) - loss(theta0 - h * e)) / (2 * h) for e in np.identity(theta0.size)])
    th, best = theta0.copy(), L0
    for _ in range(n_steps): th = th - eta * grad(th); best = np.fmin(best, loss(th))
    return {"start": bool(0.9 * ref <= L0 <= 1.1 * ref), "gradient": bool(np.linalg.norm(g - s) < 1e-4 * max(np.linalg.norm(g), np.linalg.norm(s))), "overfit": bool(best < 0.01)}
