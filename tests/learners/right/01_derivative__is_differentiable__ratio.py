# right: slopes at two steps, both sides
def is_differentiable(f, x):
    s = [(f(x + h) - f(x)) / h for h in (1e-5, -1e-5, 1e-6, -1e-6)]
    return max(s) - min(s) < 0.02
