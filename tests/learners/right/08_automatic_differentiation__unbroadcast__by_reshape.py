# pads the shape, sums all axes of length 1 at once
import numpy as np
def unbroadcast(G, shape):
    padded = (1,) * (G.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, n in enumerate(padded) if n == 1)
    return G.sum(axis=axes, keepdims=True).reshape(shape)
