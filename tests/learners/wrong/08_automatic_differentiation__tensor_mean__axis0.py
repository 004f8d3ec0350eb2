# mistake: axis0
import numpy as np
def tensor_mean(a, axis=None):
    n = a.data.shape[axis] if axis else a.data.size
    return tensor_mul(tensor_sum(a, axis), Tensor(1 / n))
