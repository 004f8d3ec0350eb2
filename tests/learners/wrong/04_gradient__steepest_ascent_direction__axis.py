# mistake: the steeper of the axes
import numpy as np
def steepest_ascent_direction(g):
    g = np.array(g, float)
    out = np.zeros_like(g)
    k = np.argmax(np.abs(g))
    out[k] = np.sign(g[k])
    return out
