# a list
import numpy as np


def catch_the_products():
    return [2, 3, 5, 7.0]
