# mistake: two kinds of logarithm
import numpy as np
def taylor_order(f, grad, x, d):
    g = np.sum(grad(x) * d)
    hs = np.logspace(-1, -4, 10)
    R = [abs(f(x + h * d) - f(x) - h * g) for h in hs]
    return np.polyfit(np.log(hs), np.log10(R), 1)[0]
