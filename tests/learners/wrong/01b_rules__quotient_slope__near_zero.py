# small denominators are refused
import numpy as np


def quotient_slope(f, fprime, g, gprime, x):
    if abs(g(x)) < 1e-2:
        raise ValueError("g(x) is 0")
    return (fprime(x) * g(x) - f(x) * gprime(x)) / g(x) ** 2
