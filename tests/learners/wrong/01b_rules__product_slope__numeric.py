# a difference quotient with a fixed step
import numpy as np


def product_slope(f, fprime, g, gprime, x):
    h = 1e-5
    p = lambda t: f(t) * g(t)
    return (p(x + h) - p(x - h)) / (2 * h)
