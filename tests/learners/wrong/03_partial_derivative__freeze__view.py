def freeze(f, x, i):
    y = x.astype(float, copy=False)
    def g(t):
        y[i] = t
        return f(y)
    return g
