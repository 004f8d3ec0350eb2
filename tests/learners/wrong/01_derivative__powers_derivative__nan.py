# mistake: divides by x
import numpy as np
def powers_derivative(x, n):
    k = np.arange(n + 1)
    return np.where(x == 0, 0.0, k * float(x) ** k / (x or 1))
