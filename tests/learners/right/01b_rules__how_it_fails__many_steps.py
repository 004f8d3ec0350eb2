# jump by values, then slopes at two scales
import numpy as np


def how_it_fails(f, x):
    hs = [1e-4, 1e-6, 1e-8]
    right = [f(x + h) - f(x) for h in hs]
    left = [f(x) - f(x - h) for h in hs]
    for side in (right, left):
        if abs(side[-1]) > 0.05:
            return "jump"
    slopes = lambda d: [v / h for v, h in zip(d, hs)]
    r, l = slopes(right), slopes(left)
    if max(abs(r[1]), abs(l[1])) > 100:
        return "vertical"
    return "corner" if abs(r[1] - l[1]) > 0.01 else "smooth"
