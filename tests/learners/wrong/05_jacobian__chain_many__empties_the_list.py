# mistake: takes the matrices out of the list that it was given
import numpy as np


def chain_many(Js):
    product = Js.pop(0)
    while Js:
        product = product @ Js.pop(0)
    return product
