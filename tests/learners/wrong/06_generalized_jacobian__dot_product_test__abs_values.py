import numpy as np

def dot_product_test(jvp, vjp, in_shape, out_shape, rng):
    V = rng.normal(size=in_shape); U = rng.normal(size=out_shape)
    a, b = np.sum(U * jvp(V)), np.sum(vjp(U) * V)
    return bool(abs(abs(a) - abs(b)) <= 1e-8 * max(abs(a), abs(b)))
