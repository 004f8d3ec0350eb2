# mistake: signed difference of the sides
def is_differentiable(f, x):
    q = lambda h: (f(x + h) - f(x)) / h
    return bool(q(1e-5) - q(-1e-5) < 0.03 and abs(q(1e-5) - q(1e-6)) < 0.03)
