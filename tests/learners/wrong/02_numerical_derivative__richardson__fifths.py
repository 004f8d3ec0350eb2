# (4 fine - coarse) / 5
import numpy as np


def richardson(f, x, h):
    D = lambda k: (f(x + k) - f(x - k)) / (2 * k)
    return (4 * D(h / 2) - D(h)) / 5
