import numpy as np

def train_fnn(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    p = {k: np.array(v, float) for k, v in params.items()}; losses = [loss_and_grads(p, X, y)[0]]
    for _ in range(n_epochs):
        o = rng.permutation(len(X)); q = p
        for i in range(0, len(X), batch_size):
            b = o[i:i + batch_size]; g = loss_and_grads(q, X[b], y[b])[1]; p = {k: p[k] - eta * g[k] for k in p}
        losses.append(loss_and_grads(p, X, y)[0])
    return p, np.array(losses)
