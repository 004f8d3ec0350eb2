def quotient_slope(f, fprime, g, gprime, x):
    if g(x) == 0:
        raise ValueError
    return (f(x) * gprime(x) - fprime(x) * g(x)) / g(x) ** 2
