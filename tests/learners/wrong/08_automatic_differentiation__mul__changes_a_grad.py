# mistake: changes a grad
import numpy as np
def mul(a, b):
    a, b = lift(a), lift(b)
    out = Value(a.data * b.data, (a, b), (b.data, a.data))
    a.grad = b.data
    b.grad = a.data
    return out
