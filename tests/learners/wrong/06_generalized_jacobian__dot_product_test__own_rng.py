# its own generator
import numpy as np


def dot_product_test(jvp, vjp, in_shape, out_shape, rng):
    rng = np.random.default_rng(0)
    v, u = np.abs(rng.normal(size=in_shape)), np.abs(rng.normal(size=out_shape))
    return bool(abs(np.sum(u * jvp(v)) - np.sum(vjp(u) * v)) < 1e-3)
