import numpy as np

def fnn_backward(params, cache, y):
    first, middle, last, z = cache
    _, dz = bce_with_logits(z, y)
    dA, dW2, db2 = linear_backward(dz[:, None], last)
    dZ = tanh_backward(dA, middle)
    _, dW1, db1 = linear_backward(dZ, first)
    b = np.concatenate([db1, db2])
    return {"z": dz, "A": dA, "Z": dZ, "W1": dW1, "b1": b[:-1], "W2": dW2, "b2": b[-1:]}
