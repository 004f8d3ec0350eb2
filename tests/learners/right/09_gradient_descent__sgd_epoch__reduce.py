# functools.reduce over the batches
import numpy as np
def sgd_epoch(grad, theta, X, y, eta, batches):
    from functools import reduce
    return reduce(lambda now, b: now - eta * grad(now, X[b], y[b]), batches, np.array(theta, float))
