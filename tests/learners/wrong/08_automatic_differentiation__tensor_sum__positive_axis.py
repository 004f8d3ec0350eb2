# axis 0 and 1 only
import numpy as np


def tensor_sum(a, axis=None, keepdims=False):
    def pull(g):
        g = np.asarray(g)
        if axis == 1 and not keepdims:
            g = g[:, None]
        return (np.ones(a.data.shape) * g,)
    return Tensor(a.data.sum(axis=axis, keepdims=keepdims), (a,), pull)
