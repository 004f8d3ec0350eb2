# right: generator
import numpy as np
def nudge(params, name, k, h):
    a = np.array(params[name], float)
    a.flat[k] += h
    return {**params, name: a}
def gradcheck(loss, params, grads, h=1e-5, most=None, rng=None):
    def entries(size):
        if most is None or size <= most:
            return range(size)
        return rng.permutation(size)[:most]
    def pairs(name):
        for k in entries(params[name].size):
            up, mid, down = (loss(nudge(params, name, k, s)) for s in (h, 0.0, -h))
            if abs((up - mid) / h - (mid - down) / h) <= 0.01:
                yield grads[name].flat[k], (up - down) / (2 * h)
    out = {}
    for name in params:
        ab = np.array(list(pairs(name))).reshape(-1, 2)
        na, nb = np.linalg.norm(ab[:, 0]), np.linalg.norm(ab[:, 1])
        out[name] = np.linalg.norm(ab[:, 0] - ab[:, 1]) / max(na, nb) if max(na, nb) > 0 else 0.0 if len(ab) else np.nan
    return out
