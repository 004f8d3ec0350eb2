import numpy as np

def minibatches(m, batch_size, rng):
    p = np.arange(m); k = m // 2; p[:k] = rng.permutation(k); p[k:] = k + rng.permutation(m - k)
    return [p[i:i + batch_size] for i in range(0, m, batch_size)]
