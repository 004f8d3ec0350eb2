# sums axes of length 1 always, also in front
import numpy as np


def unbroadcast(G, shape):
    if G.shape == shape:
        return G * 1.0
    axes = tuple(k for k in range(G.ndim) if k < G.ndim - len(shape) or shape[k - (G.ndim - len(shape))] == 1)
    return G.sum(axis=axes).reshape(shape) if shape else G.sum(axis=tuple(range(1, G.ndim)))
