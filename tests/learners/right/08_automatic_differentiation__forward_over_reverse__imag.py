# small imaginary step
import numpy as np


def forward_over_reverse(grad, x, v):
    h = 1e-100
    out = grad(np.array(x, dtype=complex) + complex(0, h) * np.asarray(v))
    return np.imag(out) / h
