# mistake: five evaluations
def richardson(f, x, h):
    f(x)
    D = lambda k: (f(x + k) - f(x - k)) / (2 * k)
    return (4 * D(h / 2) - D(h)) / 3
