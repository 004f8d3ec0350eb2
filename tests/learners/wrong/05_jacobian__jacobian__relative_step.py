# mistake: step 6e-6*|x|
import numpy as np
def jacobian(f, x):
    x = np.asarray(x, float)
    cols = [(np.asarray(f(x + e)) - np.asarray(f(x - e))) / (2 * e.max()) for e in np.diag(6e-6 * abs(x))]
    return np.stack(cols, axis=-1)
