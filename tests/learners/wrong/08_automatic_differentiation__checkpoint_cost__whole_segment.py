# the segment is computed to its end
import numpy as np


def checkpoint_cost(n, keep):
    k = -(-n // keep)
    return k + min(keep, n) - 1, 2 * n
