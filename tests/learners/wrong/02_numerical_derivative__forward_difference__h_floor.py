# mistake: max(h, 1e-6)
def forward_difference(f, x, h):
    h = max(h, 1e-6)
    return (f(x + h) - f(x)) / h
