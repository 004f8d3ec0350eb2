# steps below 1e-4 are raised
import numpy as np


def second_difference(f, x, h):
    h = max(h, 1e-4)
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2
