# mistake: errors larger than twice the smallest
import numpy as np
def observed_order(hs, errors):
    keep = errors > 1e3 * errors.min()
    keep = keep if keep.sum() > 1 else errors > 0
    return np.polyfit(np.log(hs[keep]), np.log(errors[keep]), 1)[0]
