def quotient_slope(f, fprime, g, gprime, x):
    if not g(x):
        raise ValueError("g is 0")
    return (fprime(x) * g(x) - f(x) * gprime(x)) / g(x)
