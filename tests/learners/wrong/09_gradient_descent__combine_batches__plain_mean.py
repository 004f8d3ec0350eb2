# mistake: the mean of the means
import numpy as np
def combine_batches(gradients, sizes):
    return gradients.mean(axis=0)
