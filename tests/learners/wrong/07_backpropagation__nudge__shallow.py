def nudge(params, name, k, h):
    new = dict(params)
    new[name].ravel()[k] += h
    return new
