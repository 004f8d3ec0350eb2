# mistake: drops h below 1e-6
import numpy as np
def observed_order(hs, errors):
    keep = hs > 1e-6
    return np.polyfit(np.log(hs[keep]), np.log(errors[keep]), 1)[0]
