# mistake: np.convolve turns the kernel round
import numpy as np
def conv1d_valid(x, k):
    return np.convolve(x, k, mode="valid")
