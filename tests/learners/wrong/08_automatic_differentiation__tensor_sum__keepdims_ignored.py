# ignores keepdims
import numpy as np


def tensor_sum(a, axis=None, keepdims=False):
    def pull(g):
        if axis is not None:
            g = np.expand_dims(g, axis)
        return (np.ones(a.data.shape) * g,)
    return Tensor(a.data.sum(axis=axis), (a,), pull)
