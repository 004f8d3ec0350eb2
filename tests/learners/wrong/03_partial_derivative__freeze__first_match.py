# mistake: finds the component by its value
import numpy as np
def freeze(f, x, i):
    y = list(map(float, x))
    k = y.index(y[i])
    return lambda t: f(np.array(y[:k] + [t] + y[k+1:]))
