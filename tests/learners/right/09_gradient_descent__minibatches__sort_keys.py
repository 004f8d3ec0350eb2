import numpy as np

def minibatches(m, batch_size, rng):
    left = list(range(m)); out = []
    while left:
        pick = rng.choice(left, size=min(batch_size, len(left)), replace=False)
        out.append(np.array(pick)); left = [i for i in left if i not in set(pick.tolist())]
    return out
