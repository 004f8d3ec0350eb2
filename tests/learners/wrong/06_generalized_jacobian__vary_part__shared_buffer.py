import numpy as np

def vary_part(f, X, j):
    Z = np.array(X, dtype=float)
    def g(part):
        Z[j] = part
        return f(Z)
    return g
