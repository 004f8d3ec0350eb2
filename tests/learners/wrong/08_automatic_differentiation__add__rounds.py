# mistake: rounds
import numpy as np
def add(a, b):
    a, b = lift(a), lift(b)
    return Value(round(a.data + b.data, 6), (a, b), (1.0, 1.0))
