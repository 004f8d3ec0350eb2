# mistake: compares with ==, where powers of 2 hide the rounding
import numpy as np
def test_central_difference(candidate):
    f = lambda x: x**3
    return candidate(f, 2.0, 0.5) == 12.25 and abs(candidate(f, 2.0) - 12) < 1e-6
