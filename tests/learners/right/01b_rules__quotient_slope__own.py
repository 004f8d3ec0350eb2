# right: by way of ZeroDivisionError, and an exception of one's own
import numpy as np
class Zero(ValueError): pass
def quotient_slope(f, fprime, g, gprime, x):
    try:
        one = 1 / float(g(x))
    except ZeroDivisionError as e:
        raise Zero from e
    return float(fprime(x)) * one - float(f(x)) * float(gprime(x)) * one * one
