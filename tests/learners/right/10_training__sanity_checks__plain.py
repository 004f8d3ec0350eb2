# right: plain
import numpy as np
def sanity_checks(loss, grad, theta0, n_classes, eta, n_steps):
    theta0 = np.array(theta0, float)
    ln = np.log(n_classes)
    first = abs(loss(theta0) - ln) <= 0.1 * ln
    g = np.asarray(grad(theta0))
    num = np.array([(loss(theta0 + 1e-5 * e) - loss(theta0 - 1e-5 * e)) / 2e-5 for e in np.eye(theta0.size)])
    good = np.linalg.norm(g - num) <= 1e-5 * max(np.linalg.norm(g), np.linalg.norm(num))
    t = theta0
    for _ in range(n_steps):
        t = t - eta * grad(t)
    return {"start": np.bool_(first), "gradient": np.bool_(good), "overfit": loss(t) < 0.01}
