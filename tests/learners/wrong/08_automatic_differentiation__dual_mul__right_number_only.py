# mistake: a plain number on the left is forgotten
import numpy as np
def dual_mul(a, b):
    if not isinstance(b, Dual):
        b = Dual(b, 0.0)
    return Dual(a.data * b.data, a.slope * b.data + a.data * b.slope)
