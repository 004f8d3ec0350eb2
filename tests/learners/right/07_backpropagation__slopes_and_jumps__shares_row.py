import numpy as np

def slopes_and_jumps(loss, params, name, entries, h):
    out = np.zeros((2, len(entries)))
    m = loss(params)
    for i, k in enumerate(entries):
        u, d = loss(nudge(params, name, k, h)), loss(nudge(params, name, k, -h))
        out[0, i] = (u - d) / (2 * h); out[1, i] = abs((u - m) / h - (m - d) / h)
    return out[0], out[1]
