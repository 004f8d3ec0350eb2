# broadcast_to and copy
import numpy as np


def tensor_sum(a, axis=None, keepdims=False):
    total = np.sum(a.data, axis=axis, keepdims=keepdims)
    shape = a.data.shape
    def pull(g):
        if axis is not None and not keepdims:
            g = np.expand_dims(g, axis)
        return (np.broadcast_to(g, shape).copy(),)
    return Tensor(total, (a,), pull)
