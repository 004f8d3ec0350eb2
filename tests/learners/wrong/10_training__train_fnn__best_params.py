# mistake: best params
import numpy as np
def train_fnn(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    p = dict(params)
    losses = [loss_and_grads(p, X, y)[0]]
    best, best_loss = p, losses[0]
    for _ in range(n_epochs):
        order = rng.permutation(len(y))
        for k in range(0, len(y), batch_size):
            b = order[k:k + batch_size]
            _, g = loss_and_grads(p, X[b], y[b])
            p = {n: p[n] - eta * g[n] for n in p}
        losses.append(loss_and_grads(p, X, y)[0])
        if losses[-1] < best_loss:
            best, best_loss = p, losses[-1]
    return best, np.array(losses)
