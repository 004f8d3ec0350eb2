# mistake: allows for less than rounding may do
import numpy as np
def find_first_wrong_step(steps):
    for i in range(1, len(steps)):
        for x, h in ((0.7, 1.3), (2.1, -0.4), (-1.7, 0.6)):
            a, b = steps[i-1](x, h), steps[i](x, h)
            if a != b and abs(a - b) > 1e-15 * abs(a): return i
