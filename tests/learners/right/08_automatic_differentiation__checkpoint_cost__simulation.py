# counts by simulation
import numpy as np


def checkpoint_cost(n, keep):
    checkpoints = list(range(0, n, keep))
    most, work, held = 0, n, len(checkpoints)
    for c in reversed(checkpoints):
        size = min(keep, n - c)
        most = max(most, held + size - 1)
        work += size - 1
        held -= 1
    return most, work
