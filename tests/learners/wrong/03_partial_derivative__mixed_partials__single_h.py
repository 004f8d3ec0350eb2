# mistake: divides by 2h²
import numpy as np
def mixed_partials(f, x, i, j, h=None):
    x = np.array(x, float)
    if h is None: h = 1.2e-4
    E = np.eye(len(x)) * h
    a, b = E[i], E[j]
    return (f(x+a+b) - f(x+a-b) - f(x-a+b) + f(x-a-b)) / (2*h*h)
