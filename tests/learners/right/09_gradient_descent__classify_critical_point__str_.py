# right: str 
import numpy as np
def classify_critical_point(H, tol=1e-8):
    w = np.linalg.eigvalsh(np.asarray(H, float))
    up, down = (w > tol).sum(), (w < -tol).sum()
    if up and down:
        return np.str_("saddle")
    if up == len(w):
        return np.str_("minimum")
    return np.str_("maximum") if down == len(w) else np.str_("degenerate")
