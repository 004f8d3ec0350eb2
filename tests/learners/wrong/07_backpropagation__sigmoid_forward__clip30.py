# mistake: clip30
import numpy as np
def sigmoid_forward(Z):
    A = 1 / (1 + np.exp(-np.clip(Z, -30, 30)))
    return A, A
