# mistake: shifts only when above 700
import numpy as np
def softmax(z):
    z = np.asarray(z, float)
    if z.max() > 700:
        z = z - z.max()
    e = np.exp(z)
    return e / e.sum()
