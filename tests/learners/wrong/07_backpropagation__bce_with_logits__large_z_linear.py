# mistake: large z linear
import numpy as np


def bce_with_logits(z, y):
    if z.shape != y.shape: raise ValueError
    loss = np.where(np.abs(z) > 20, np.maximum(z, 0), np.log1p(np.exp(np.clip(z, -20, 20)))) - y * z
    return loss.mean(), (1 / (1 + np.exp(-np.clip(z, -500, 500))) - y) / len(z)
