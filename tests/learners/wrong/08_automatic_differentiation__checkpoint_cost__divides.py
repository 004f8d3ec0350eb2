# n // keep checkpoints
import numpy as np


def checkpoint_cost(n, keep):
    k = n // keep
    return k + keep - 1, 2 * n - k
