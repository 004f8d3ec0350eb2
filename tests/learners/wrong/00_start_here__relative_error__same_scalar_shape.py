# mistake: takes a number for a vector of one
import numpy as np
def relative_error(a, b):
    a, b = np.atleast_1d(np.asarray(a, float)), np.atleast_1d(np.asarray(b, float))
    if a.shape != b.shape: raise ValueError
    big = max(np.linalg.norm(a), np.linalg.norm(b))
    return 0.0 if big == 0 else np.linalg.norm(a - b) / big
