import numpy as np

def bce_with_logits(z, y):
    if z.shape != y.shape: raise ValueError
    return (sigmoid_forward(z)[0] - y) / len(z), np.mean(np.logaddexp(0, z) - y * z)
