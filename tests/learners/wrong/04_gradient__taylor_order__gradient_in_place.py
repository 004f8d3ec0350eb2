# writes into what grad gives back, which may be x itself
import numpy as np


def taylor_order(f, grad, x, d):
    slope = grad(x)
    slope *= d
    hs = np.logspace(-1, -3, 7)
    errors = [abs(f(x + h * d) - f(x) - h * slope.sum()) for h in hs]
    return np.polyfit(np.log(hs), np.log(errors), 1)[0]
