# f'(slope)
import numpy as np


def dual_apply(a, f, fprime):
    return Dual(f(a.data), fprime(a.slope))
