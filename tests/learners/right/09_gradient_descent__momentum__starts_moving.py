import numpy as np

def momentum(grad, theta0, eta, beta, n_steps):
    th = np.array(theta0, float); v = -eta * grad(th); path = [th]
    for _ in range(n_steps):
        th = th + v; path.append(th); v = beta * v - eta * grad(th) * (1 if beta else 1)
    return np.array(path)[: n_steps + 1] if n_steps < 2 else np.array(path)
