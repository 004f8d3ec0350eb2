# mistake: every batch's gradient at the first theta
import numpy as np
def sgd_epoch(grad, theta, X, y, eta, batches):
    new = theta.astype(float)
    for b in batches:
        new = new - eta * grad(theta, X[b], y[b])
    return new
