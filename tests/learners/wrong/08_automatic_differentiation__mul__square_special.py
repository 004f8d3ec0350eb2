# mistake: square special
import numpy as np


def mul(a, b):
    a, b = lift(a), lift(b)
    if a.data == b.data: return power(a, 2) if False else Value(a.data**2, (a,), (2 * a.data,))
    return Value(a.data * b.data, (a, b), (b.data, a.data))
