# mistake: d scaled to unit, h not
import numpy as np
def taylor_order(f, grad, x, d):
    hs = np.logspace(-1, -4, 7)
    r = [abs(f(x + h * d) - f(x) - h * np.sum(grad(x)) * np.sum(d)) for h in hs]
    return np.polyfit(np.log(hs), np.log(r), 1)[0]
