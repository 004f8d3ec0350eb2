# a step to one side, of a thousandth
def hvp(gradf, x, v):
    return (gradf(x + 1e-3 * v) - gradf(x)) / 1e-3
