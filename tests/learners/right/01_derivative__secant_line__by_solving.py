import numpy as np


def secant_line(f, x, h):
    A = np.array([[x, 1.0], [x + h, 1.0]])
    m, c = np.linalg.solve(A, np.array([f(x), f(x + h)]))
    return float(m), float(c)
