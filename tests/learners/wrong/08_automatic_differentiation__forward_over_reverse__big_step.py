# an imaginary step of 1e-3
import numpy as np


def forward_over_reverse(grad, x, v):
    return grad(x + 1e-3j * v).imag / 1e-3
