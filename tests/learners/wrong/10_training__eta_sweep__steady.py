import numpy as np

def eta_sweep(grad, theta0, etas, n_steps):
    good = []
    with np.errstate(all="ignore"):
        for eta in etas:
            t = np.array(theta0, float); last = np.linalg.norm(grad(t)); ok = True
            for _ in range(n_steps):
                t = t - eta * grad(t); now = np.linalg.norm(grad(t))
                if not now < last: ok = False; break
                last = now
            if ok: good.append(eta)
    return max(good) if good else min(etas)
