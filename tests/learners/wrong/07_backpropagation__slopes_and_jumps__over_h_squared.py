# divides the jump by h twice
import numpy as np


def slopes_and_jumps(loss, params, name, entries, h):
    slopes, jumps = [], []
    for k in entries:
        up, down = loss(nudge(params, name, k, h)), loss(nudge(params, name, k, -h))
        slopes.append((up - down) / (2 * h))
        jumps.append(abs(up - 2 * loss(params) + down) / h**2)
    return np.array(slopes), np.array(jumps)
