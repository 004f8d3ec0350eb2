# a complex step on the formula
import numpy as np


def bell_wave_slope(x):
    z = np.asarray(x) + 1e-30j
    return np.imag(np.exp(-z * z) * np.sin(3 * z)) / 1e-30
