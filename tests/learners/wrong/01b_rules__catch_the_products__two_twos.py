# all the same
import numpy as np


def catch_the_products():
    return (2, 2, 2, 2)
