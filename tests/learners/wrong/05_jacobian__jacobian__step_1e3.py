# mistake: a central difference with h = 1e-3: not six digits where f twists
import numpy as np


def jacobian(f, x):
    x = np.array(x, float)
    h = 1e-3
    return np.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))], axis=-1)
