# mistake: the size of the slope
import numpy as np
def secant_line(f, x, h):
    m = (f(x + h) - f(x)) / h
    return abs(m), f(x) - abs(m) * x
