# never passes h
import numpy as np


def test_central_difference(candidate):
    return all(abs(candidate(np.exp, x) - np.exp(x)) < 1e-7 for x in (-1.0, 0.0, 1.0))
