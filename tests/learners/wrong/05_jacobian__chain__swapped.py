# other order where it fits
import numpy as np


def chain(J_outer, J_inner):
    if J_inner.shape[1] == J_outer.shape[0]:
        return J_inner @ J_outer
    return J_outer @ J_inner
