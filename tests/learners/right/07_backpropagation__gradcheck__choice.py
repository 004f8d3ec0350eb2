import numpy as np


def nudge(params, name, k, h):
    a = np.array(params[name], dtype=float)
    a[np.unravel_index(k, a.shape)] += h
    return {**params, name: a}


def gradcheck(loss, params, grads, h=1e-5, most=None, rng=None):
    middle = loss(params)
    errors = {}
    for name, array in params.items():
        size = array.size
        entries = np.arange(size) if most is None else rng.choice(size, min(most, size), replace=False)
        a, b = [], []
        for k in entries:
            up, down = loss(nudge(params, name, k, h)), loss(nudge(params, name, k, -h))
            if abs(up - 2 * middle + down) < 0.01 * h:
                a.append(np.ravel(grads[name])[k])
                b.append((up - down) / (2 * h))
        a, b = np.array(a), np.array(b)
        larger = max(np.linalg.norm(a), np.linalg.norm(b))
        errors[name] = np.linalg.norm(a - b) / larger if larger else 0.0 if len(a) else np.nan
    return errors
