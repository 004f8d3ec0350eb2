# right: all formula
import numpy as np


def gradient_sources(X, y):
    g = lambda theta: 2 / len(y) * X.T @ (X @ theta - y)
    return {"formula": g, "differences": g, "complex": g, "backward": g}
