# mistake: leaks joint stats
import numpy as np
def penguin_classifier(X_train, y_train, X_test, rng):
    both = np.vstack([X_train, X_test])
    mu, sd = both.mean(0), both.std(0)
    A, B = (X_train - mu) / sd, (X_test - mu) / sd
    d = ((B[:, None, :] - A[None]) ** 2).sum(-1)
    near = np.argsort(d, axis=1)[:, :5]
    return np.array([np.bincount(y_train[i]).argmax() for i in near])
