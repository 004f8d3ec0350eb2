import numpy as np

def slopes_and_jumps(loss, params, name, entries, h):
    s, j = [], []
    m = loss(params)
    for k in entries:
        u, d = loss(nudge(params, name, k, h)), loss(nudge(params, name, k, -h))
        s.append((u - d) / (2 * h)); j.append(abs(u - 2 * m + d) / h)
    return np.array(s), np.array(j)


def gradcheck(loss, params, grads, h=1e-5, most=None, rng=None):
    out = {}
    for n, a in params.items():
        size = np.size(a)
        e = np.arange(size) if most is None else rng.permutation(size)[:most]
        s, j = slopes_and_jumps(loss, params, n, e, h); k = j <= 0.01 * np.maximum(np.abs(s), 1e-9)
        g = np.ravel(grads[n])[e][k]; s = s[k]
        d = max(np.linalg.norm(g), np.linalg.norm(s)) if k.any() else 0
        out[n] = np.nan if not k.any() else 0.0 if d == 0 else np.linalg.norm(g - s) / d
    return out
