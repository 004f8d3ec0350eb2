# right: choice
import numpy as np
def minibatches(m, batch_size, rng):
    left = list(range(m))
    out = []
    while left:
        take = rng.choice(len(left), size=min(batch_size, len(left)), replace=False)
        out.append(np.array([left[i] for i in take]))
        left = [x for i, x in enumerate(left) if i not in set(take)]
    return out
