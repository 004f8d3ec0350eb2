# right: expanded
import numpy as np


def adam_step(theta, g, m, v, t, eta):
    b1, b2 = 0.9, 0.999
    m1, v1 = m + (1 - b1) * (g - m), v + (1 - b2) * (np.square(g) - v)
    return theta - eta * (m1 / (1 - b1**t)) / (np.sqrt(v1 / (1 - b2**t)) + 1e-8), m1, v1
