# real part
import numpy as np


def forward_over_reverse(grad, x, v):
    return grad(x + 1e-20j * v).real / 1e-20
