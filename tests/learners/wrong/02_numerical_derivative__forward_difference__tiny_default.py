# mistake: tiny h raised to sqrt eps times x
import numpy as np
def forward_difference(f, x, h):
    x = np.asarray(x)
    k = np.maximum(h, 1.5e-8 * np.abs(x))
    return (f(x + k) - f(x)) / k
