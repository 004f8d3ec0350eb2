# mistake: refuses a numerator that is 0
import numpy as np
def quotient_slope(f, fprime, g, gprime, x):
    if g(x) == 0 or f(x) == 0: raise ValueError
    return (fprime(x) * g(x) - f(x) * gprime(x)) / g(x) ** 2
