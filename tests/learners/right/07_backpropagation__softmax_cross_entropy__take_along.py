# take_along_axis and put_along_axis
import numpy as np
def softmax_cross_entropy(Z, y):
    S = Z - np.amax(Z, axis=-1)[:, np.newaxis]
    lse = np.log(np.exp(S).sum(-1))
    picked = np.take_along_axis(S, y[:, None], 1)[:, 0]
    D = np.exp(S - lse[:, None])
    np.put_along_axis(D, y[:, None], np.take_along_axis(D, y[:, None], 1) - 1, 1)
    return float((lse - picked).mean()), D / Z.shape[0]
