# mistake: log slope
import numpy as np
def power(a, n):
    return Value(np.exp(n * np.log(a.data)), (a,), (n * np.exp((n - 1) * np.log(a.data)),))
