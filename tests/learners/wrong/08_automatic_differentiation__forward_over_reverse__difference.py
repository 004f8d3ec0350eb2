# central difference
import numpy as np


def forward_over_reverse(grad, x, v):
    h = 1e-6
    return (grad(x + h * v) - grad(x - h * v)) / (2 * h)
