# writes into what f gives back, which may be x itself
def product_slope(f, fprime, g, gprime, x):
    total = f(x)
    total *= gprime(x)
    total += fprime(x) * g(x)
    return total
