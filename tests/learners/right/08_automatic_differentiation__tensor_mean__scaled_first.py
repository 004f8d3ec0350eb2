# right: scaled first
import numpy as np
def tensor_mean(a, axis=None):
    n = np.size(a.data) if axis is None else np.shape(a.data)[axis]
    return tensor_sum(tensor_mul(a, Tensor(np.full(a.data.shape, 1 / n))), axis=axis)
