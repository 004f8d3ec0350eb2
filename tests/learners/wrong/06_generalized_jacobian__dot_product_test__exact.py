# ==
import numpy as np


def dot_product_test(jvp, vjp, in_shape, out_shape, rng):
    v, u = rng.normal(size=in_shape), rng.normal(size=out_shape)
    return bool(np.sum(u * jvp(v)) == np.sum(vjp(u) * v))
