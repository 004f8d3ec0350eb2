# mistake: moves all entries that are equal to one another
import numpy as np
def gradient(f, x, h=None):
    x = np.array(x, float)
    if np.ndim(f(x)): raise ValueError
    def one(v):
        s = 6e-6 * max(1, abs(v)) if h is None else h
        m = x == v
        return (f(np.where(m, x + s, x)) - f(np.where(m, x - s, x))) / (2 * s)
    return np.array([one(v) for v in x.ravel()]).reshape(x.shape)
