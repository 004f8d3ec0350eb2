# a fixed step of a thousandth to both sides
def hvp(gradf, x, v):
    return (gradf(x + 1e-3 * v) - gradf(x - 1e-3 * v)) / 2e-3
