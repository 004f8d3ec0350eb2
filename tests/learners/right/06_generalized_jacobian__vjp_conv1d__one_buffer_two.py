import numpy as np

def vjp_conv1d(x, k, u):
    n, r = len(x), len(k)
    buf = np.zeros(n + r)
    for o in range(len(u)):
        buf[o:o + r] += u[o] * k
        buf[n:] += u[o] * x[o:o + r]
    return buf[:n], buf[n:]
