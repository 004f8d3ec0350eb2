# a zero in it
import numpy as np


def catch_the_products():
    return (0.0, 3.0, 5.0, 7.0)
