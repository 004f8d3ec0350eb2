import numpy as np


def complex_step(f, x, h=1e-30):
    z = np.asarray(x) + complex(0, h)
    return f(z[()]).imag / h
