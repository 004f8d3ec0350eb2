# mistake: own rng
import numpy as np


def dot_product_test(jvp, vjp, in_shape, out_shape, rng):
    rng = np.random.default_rng(0)
    V, U = rng.normal(size=in_shape), rng.normal(size=out_shape)
    return bool(np.isclose(np.sum(U * jvp(V)), np.sum(vjp(U) * V), rtol=1e-9, atol=0))
