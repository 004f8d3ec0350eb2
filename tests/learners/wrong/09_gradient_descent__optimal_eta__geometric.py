# mistake: geometric
import numpy as np
def optimal_eta(A):
    w = np.linalg.eigvalsh(A)
    return 1 / np.sqrt(w[0] * w[-1])
