# mistake: skips zero
import numpy as np
def backward(root):
    order = topological_order(root)
    for n in order:
        if n.parents:
            n.grad = 0.0
    root.grad = root.grad + 1.0
    for n in reversed(order):
        if np.all(n.grad == 0):
            break
        for p, g in zip(n.parents, n.pull(n.grad)):
            p.grad = p.grad + g
