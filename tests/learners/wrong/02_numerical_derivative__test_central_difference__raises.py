# mistake: raises AssertionError
import numpy as np
def test_central_difference(candidate):
    for x in (0.3, 1.7):
        for h in (0.1, 0.5):
            assert abs(candidate(np.exp, x, h) - (np.exp(x + h) - np.exp(x - h)) / (2 * h)) < 1e-9
        assert abs(candidate(np.exp, x) - np.exp(x)) < 1e-7
    return True
