def spread_gradient(x, eps=1e-5):
    n = x.size
    d = x - np.sum(x) / n
    return d / np.sqrt(n * (d @ d) + n * n * eps)
