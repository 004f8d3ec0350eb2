# an absolute tolerance of 1e-6
import numpy as np


def dot_product_test(jvp, vjp, in_shape, out_shape, rng):
    v, u = rng.normal(size=in_shape), rng.normal(size=out_shape)
    return bool(abs(np.sum(u * jvp(v)) - np.sum(vjp(u) * v)) < 1e-6)
