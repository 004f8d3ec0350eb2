# both slopes must be steep
import numpy as np


def how_it_fails(f, x):
    h = 1e-7
    if max(abs(f(x + h) - f(x)), abs(f(x) - f(x - h))) > 0.05:
        return "jump"
    r, l = (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h
    if min(abs(r), abs(l)) > 200:
        return "vertical"
    return "corner" if abs(r - l) > 0.01 else "smooth"
