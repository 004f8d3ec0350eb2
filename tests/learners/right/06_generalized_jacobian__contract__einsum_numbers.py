# right: einsum numbers
import numpy as np
def contract(dZ_dY, dY_dX, y_ndim):
    a, b = np.ndim(dZ_dY), np.ndim(dY_dX)
    left = list(range(a))
    middle = left[a - y_ndim:]
    right = list(range(a, a + b - y_ndim))
    return np.einsum(dZ_dY, left, dY_dX, middle + right, left[: a - y_ndim] + right)
