# mistake: changes the scores that it was given
import numpy as np
def softmax_cross_entropy(Z, y):
    m = len(y)
    Z -= Z.max(axis=1, keepdims=True)
    L = np.log(np.exp(Z).sum(axis=1))
    D = np.exp(Z - L[:, None])
    loss = np.mean(L - Z[np.arange(m), y])
    D[np.arange(m), y] -= 1
    return loss, D / m
