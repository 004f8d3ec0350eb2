# the root adds 1 at every call
import numpy as np


def backward(root):
    order = topological_order(root)
    for n in order:
        if n.parents and n is not root:
            n.grad = 0.0
    root.grad = root.grad + 1.0
    for n in reversed(order):
        for p, g in zip(n.parents, n.pull(n.grad)):
            p.grad = p.grad + g
