# mistake: buffer returned by f taken without copy and x moved
import numpy as np
def jacobian(f, x):
    y = np.array(x, dtype=float)
    cols = []
    for j in range(len(y)):
        old = y[j]
        y[j] = old + 1e-5
        a = np.asarray(f(y))
        y[j] = old - 1e-5
        b = np.asarray(f(y))
        y[j] = old
        cols.append((a - b) / 2e-5)
    return np.stack(cols, axis=-1)
