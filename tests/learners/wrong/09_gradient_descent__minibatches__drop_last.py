def minibatches(m, batch_size, rng):
    order = rng.permutation(m)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(m // batch_size)]
