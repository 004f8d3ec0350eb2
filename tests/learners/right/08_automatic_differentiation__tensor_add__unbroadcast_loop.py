# list of pulls
import numpy as np


def tensor_add(a, b):
    def pull(g):
        return tuple(unbroadcast(np.array(g), t.data.shape) for t in (a, b))
    return Tensor(np.add(a.data, b.data), [a, b], pull)
