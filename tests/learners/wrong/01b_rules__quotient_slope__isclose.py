# np.isclose(g(x), 0)
import numpy as np


def quotient_slope(f, fprime, g, gprime, x):
    if np.isclose(g(x), 0):
        raise ValueError("g(x) is 0")
    return (fprime(x) * g(x) - f(x) * gprime(x)) / g(x) ** 2
