# windows as a view, then a product
import numpy as np
def conv1d_valid(x, k):
    return np.lib.stride_tricks.sliding_window_view(x, len(k)) @ k
