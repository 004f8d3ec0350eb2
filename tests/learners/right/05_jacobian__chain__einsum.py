# subscripts
import numpy as np


def chain(J_outer, J_inner):
    return np.einsum("pm,mn->pn", J_outer, J_inner)
