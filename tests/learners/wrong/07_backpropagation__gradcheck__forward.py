# mistake: forward
import numpy as np
def nudge(params, name, k, h):
    a = np.array(params[name], float)
    a.flat[k] += h
    return {**params, name: a}
def gradcheck(loss, params, grads, h=1e-5, most=None, rng=None):
    mid = loss(params)
    out = {}
    for n in params:
        size = params[n].size
        ks = range(size) if most is None or most >= size else rng.choice(size, most, replace=False)
        A, B = [], []
        for k in ks:
            up, down = loss(nudge(params, n, k, h)), loss(nudge(params, n, k, -h))
            if abs(up - 2 * mid + down) / h > 0.01:
                continue
            A.append(grads[n].flat[k]); B.append((up - mid) / h)
        A, B = np.array(A), np.array(B)
        top = max(np.linalg.norm(A), np.linalg.norm(B))
        out[n] = np.linalg.norm(A - B) / top if top else 0.0 if len(A) else np.nan
    return out
