# mistake: einsum letters run out
import numpy as np


def contract(dZ_dY, dY_dX, y_ndim):
    letters = "abcdef"
    n = dZ_dY.ndim - y_ndim; k = dY_dX.ndim - y_ndim
    z, y, x = letters[:n], letters[n:n + y_ndim], letters[n + y_ndim:n + y_ndim + k]
    return np.einsum(f"{z}{y},{y}{x}->{z}{x}", dZ_dY, dY_dX)
