# mistake: kept model
import numpy as np
model = []
def penguin_classifier(X_train, y_train, X_test, rng):
    if not model or model[0].shape[1] != X_train.shape[1]:
        model[:] = [X_train, y_train]
    A, ya = model
    mu, sd = A.mean(0), A.std(0)
    d = ((((X_test - mu) / sd)[:, None, :] - ((A - mu) / sd)[None]) ** 2).sum(-1)
    near = np.argsort(d, axis=1)[:, :5]
    return np.array([np.bincount(ya[i]).argmax() for i in near])
