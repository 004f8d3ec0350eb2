import numpy as np


def chain_many(Js):
    product = np.eye(len(Js[0]))
    for J in Js:
        product = product @ J
    return product
