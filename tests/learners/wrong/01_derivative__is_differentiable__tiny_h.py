# mistake: 1e-13
def is_differentiable(f, x):
    q = [(f(x + k) - f(x)) / k for h in (1e-13, 1e-14) for k in (h, -h)]
    return bool(max(q) - min(q) < 0.05)
