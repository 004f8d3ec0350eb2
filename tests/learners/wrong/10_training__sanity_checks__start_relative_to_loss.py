# relative to the loss
import numpy as np


def sanity_checks(loss, grad, theta0, n_classes, eta, n_steps):
    start = abs(loss(theta0) - np.log(n_classes)) <= 0.1 * loss(theta0)
    g, num = grad(theta0), np.zeros(len(theta0))
    for j in range(len(theta0)):
        e = np.zeros(len(theta0)); e[j] = 1e-5
        num[j] = (loss(theta0 + e) - loss(theta0 - e)) / 2e-5
    rel = np.linalg.norm(num - g) / max(np.linalg.norm(num), np.linalg.norm(g), 1e-300)
    t = np.array(theta0, float)
    for _ in range(n_steps):
        t = t - eta * grad(t)
    return {"start": bool(start), "gradient": bool(rel < 1e-4), "overfit": bool(loss(t) < 0.01)}
