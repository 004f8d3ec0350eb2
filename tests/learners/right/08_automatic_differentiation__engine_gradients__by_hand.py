# right: by hand
import numpy as np


def engine_gradients(params, X, y):
    A = np.tanh(X @ params["W1"] + params["b1"])
    z = (A @ params["W2"] + params["b2"])[:, 0]
    loss = float(np.mean(np.logaddexp(0, z) - y * z))
    dz = ((1 / (1 + np.exp(-z)) - y) / len(y))[:, None]
    dZ = dz @ params["W2"].T * (1 - A**2)
    return loss, {"W1": X.T @ dZ, "b1": dZ.sum(0), "W2": A.T @ dz, "b2": dz.sum(0)}
