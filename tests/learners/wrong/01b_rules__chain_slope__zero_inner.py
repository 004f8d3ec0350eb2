# mistake: takes the slope for 0 where the inner value is 0
import numpy as np
def chain_slope(f, fprime, g, gprime, x):
    u = g(x)
    return np.where(np.asarray(u) == 0, 0.0, fprime(u) * gprime(x))
