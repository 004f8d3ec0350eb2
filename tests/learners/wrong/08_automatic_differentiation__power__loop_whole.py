# mistake: loop whole
import numpy as np
def power(a, n):
    v = 1.0
    for _ in range(int(n)):
        v *= a.data
    return Value(v, (a,), (n * a.data ** (n - 1),))
