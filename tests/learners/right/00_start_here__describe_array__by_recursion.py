import numpy as np


def describe_array(a):
    shape = []
    b = a if not isinstance(a, np.ndarray) else a.tolist()
    if isinstance(a, np.ndarray) and a.size == 0:
        return len(a.shape), tuple(int(n) for n in a.shape), 0
    while isinstance(b, list):
        shape.append(len(b))
        if not b:
            break
        b = b[0]
    n = 1
    for k in shape:
        n *= k
    return len(shape), tuple(shape), n
