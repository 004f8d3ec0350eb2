# f'(g(x)) g'(g(x))
import numpy as np


def chain_slope(f, fprime, g, gprime, x):
    u = g(x)
    return fprime(u) * gprime(u)
