# mistake: the axes of length 1 are lost
import numpy as np
def unbroadcast(G, shape):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=axis)
    return G
