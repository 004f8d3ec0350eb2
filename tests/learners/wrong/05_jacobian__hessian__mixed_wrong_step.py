# mistake: two steps in the points, one of them in the divisor
import numpy as np
def hessian(f, x):
    x = np.array(x, float); n = len(x); E = np.eye(n)
    return np.array([[(f(x+1e-4*a+1e-5*b) - f(x+1e-4*a-1e-5*b) - f(x-1e-4*a+1e-5*b) + f(x-1e-4*a-1e-5*b)) / (4e-8) for b in E] for a in E])
