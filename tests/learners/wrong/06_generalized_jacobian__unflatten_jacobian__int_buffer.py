# mistake: int buffer
import numpy as np
def unflatten_jacobian(J, y_shape, x_shape):
    out = np.zeros(y_shape + x_shape, dtype=int)
    out.flat = J.ravel()
    return out
