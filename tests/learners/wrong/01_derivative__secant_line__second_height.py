def secant_line(f, x, h):
    m = (f(x + h) - f(x)) / h
    return m, f(x + h) - m * x
