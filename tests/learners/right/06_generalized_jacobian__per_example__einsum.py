# the diagonal by its subscripts
import numpy as np
def per_example(G):
    return np.einsum("ikin->ikn", G).copy()
