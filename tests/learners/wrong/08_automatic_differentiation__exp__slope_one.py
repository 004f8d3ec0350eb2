# mistake: slope one
import numpy as np
def exp(a):
    return Value(np.exp(a.data), (a,), (1.0,))
