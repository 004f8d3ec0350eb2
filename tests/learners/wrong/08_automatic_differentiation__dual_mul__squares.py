# mistake: the slope is the product of the slopes
import numpy as np
def dual_mul(a, b):
    a = a if isinstance(a, Dual) else Dual(a, 0.0)
    b = b if isinstance(b, Dual) else Dual(b, 0.0)
    return Dual(a.data * b.data, a.slope * b.slope)
