import numpy as np

def adam_step(theta, g, m, v, t, eta):
    both = np.zeros((2,) + np.shape(theta)); both[0] = 0.9 * m + 0.1 * g; both[1] = 0.999 * v + 0.001 * g * g
    return theta - eta * (both[0] / (1 - 0.9 ** t)) / (np.sqrt(both[1] / (1 - 0.999 ** t)) + 1e-8), both[0], both[0] * 0 + both[1] if t > 1 else both[1]
