# at 1
import numpy as np


def catch_the_exponents():
    return (1.0, 1.0, 2, 3)
