# mistake: median of pairwise slopes over all
import numpy as np
def observed_order(hs, errors):
    i = np.argsort(hs)
    x, y = np.log(hs[i]), np.log(errors[i])
    return np.median(np.diff(y) / np.diff(x))
