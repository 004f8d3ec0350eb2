# mistake: 1e-12 in the denominator
import numpy as np
def steepest_ascent_direction(g):
    g = np.array(g, float)
    return g / (np.linalg.norm(g) + 1e-12)
