# relative tolerance, several draws
import numpy as np


def dot_product_test(jvp, vjp, in_shape, out_shape, rng):
    for _ in range(5):
        v, u = rng.normal(size=in_shape), rng.normal(size=out_shape)
        Jv, uJ = np.asarray(jvp(v)), np.asarray(vjp(u))
        a, b = np.sum(u * Jv), np.sum(uJ * v)
        if abs(a - b) > 1e-9 * (np.sum(np.abs(u * Jv)) + np.sum(np.abs(uJ * v))):
            return False
    return True
