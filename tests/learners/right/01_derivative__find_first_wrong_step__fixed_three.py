# three points
import numpy as np


def find_first_wrong_step(steps):
    points = [(1.0, 0.1), (2.0, 0.2), (3.0, 0.5), (-1.5, 0.3)]
    for k, (a, b) in enumerate(zip(steps, steps[1:]), 1):
        if any(abs(a(x, h) - b(x, h)) > 1e-9 * max(1, abs(a(x, h))) for x, h in points):
            return k
