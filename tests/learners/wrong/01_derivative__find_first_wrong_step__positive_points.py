# only positive points, but lines may differ elsewhere
import numpy as np


def find_first_wrong_step(steps):
    rng = np.random.default_rng(3)
    points = rng.uniform(0.2, 2.0, (8, 2))
    for k in range(1, len(steps)):
        for x, h in points:
            if abs(steps[k](x, h) - steps[k - 1](x, h)) > 1e-9 * (1 + abs(steps[k](x, h))):
                return k
    return None
