# mistake: eps of float64 in both formats
import numpy as np
def optimal_step(kind, x, dtype):
    p = {"forward": 1/2, "central": 1/3, "second": 1/4}[kind]
    return 2.2e-16 ** p * max(1, abs(x))
