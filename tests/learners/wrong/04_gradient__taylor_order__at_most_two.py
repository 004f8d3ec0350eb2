# mistake: cuts the order off at 2
import numpy as np


def taylor_order(f, grad, x, d):
    hs = np.logspace(-1, -4, 10)
    g = np.sum(grad(x) * d)
    r = [abs(f(x + h * d) - f(x) - h * g) for h in hs]
    return min(2.0, np.polyfit(np.log(hs), np.log(r), 1)[0])
