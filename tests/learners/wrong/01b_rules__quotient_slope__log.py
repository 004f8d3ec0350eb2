# mistake: by the logarithmic derivative: NaN where the numerator is 0
import numpy as np
def quotient_slope(f, fprime, g, gprime, x):
    if g(x) == 0: raise ValueError
    return f(x) / g(x) * (fprime(x) / f(x) - gprime(x) / g(x))
