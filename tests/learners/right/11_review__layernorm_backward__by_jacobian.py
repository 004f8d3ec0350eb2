# right: by jacobian
import numpy as np
def layernorm_backward(X, dY, eps=1e-5):
    out = []
    for x, g in zip(np.asarray(X, float), np.asarray(dY, float)):
        D = len(x)
        c = x - x.sum() / D
        s = (c @ c / D + eps) ** 0.5
        P = np.eye(D) - np.full((D, D), 1 / D)
        J = P / s - np.outer(c, c) / (D * s**3)
        out.append(g @ J)
    return out
