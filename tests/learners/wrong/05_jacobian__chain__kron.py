# via dot of transposes
import numpy as np


def chain(J_outer, J_inner):
    return (J_outer @ J_inner).T
