# the running means as corrections
import numpy as np
def adam_step(theta, g, m, v, t, eta):
    m = m + (g - m) / 10
    v = v + (g * g - v) / 1000
    rate = eta * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return theta - rate * m / (np.sqrt(v) + 1e-8 * np.sqrt(1 - 0.999**t)), m, v
