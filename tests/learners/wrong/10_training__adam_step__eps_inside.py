# mistake: the small number inside the root
import numpy as np
def adam_step(theta, g, m, v, t, eta):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    mh, vh = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - eta * mh / np.sqrt(vh + 1e-4), m, v
