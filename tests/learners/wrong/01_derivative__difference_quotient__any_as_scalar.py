def difference_quotient(f, x, h):
    if h == 0:
        raise ValueError("h is 0")
    return (f(x + h) - f(x)) / h
