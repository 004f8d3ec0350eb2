# right: loop scatter
import numpy as np
def unbroadcast(G, shape):
    out = np.zeros(shape)
    G = np.asarray(G)
    for i in np.ndindex(G.shape):
        tail = i[len(i) - len(shape):]
        out[tuple(0 if n == 1 else k for k, n in zip(tail, shape))] += G[i]
    return out
