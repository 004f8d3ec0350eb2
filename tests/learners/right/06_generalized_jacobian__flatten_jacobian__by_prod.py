# sizes with math.prod
import numpy as np
def flatten_jacobian(G, y_ndim):
    import math
    rows = math.prod(G.shape[:y_ndim])
    columns = math.prod(G.shape[y_ndim:])
    return np.array([[G.flat[r * columns + c] for c in range(columns)] for r in range(rows)]).reshape(rows, columns)
