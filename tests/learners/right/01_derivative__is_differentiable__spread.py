# right: a generator over many steps
def is_differentiable(f, x):
    q = [(f(x + k) - f(x)) / k for h in (1e-5, 3e-6, 1e-6) for k in (h, -h)]
    m = sum(q) / len(q)
    return not any(abs(t - m) > 0.01 for t in q)
