# mistake: divides by 2h²
import numpy as np
def hessian(f, x):
    x = np.array(x, float); n = len(x); h = 1e-4; E = h * np.eye(n)
    return np.array([[(f(x+a+b) - f(x+a-b) - f(x-a+b) + f(x-a-b)) / (2*h*h) for b in E] for a in E])
