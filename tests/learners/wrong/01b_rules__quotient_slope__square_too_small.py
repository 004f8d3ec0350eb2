# refuses denominators whose square is below 1e-20
def quotient_slope(f, fprime, g, gprime, x):
    q = g(x) ** 2
    if q < 1e-20:
        raise ValueError("g(x) is 0")
    return (fprime(x) * g(x) - f(x) * gprime(x)) / q
