# mistake: first use only
import numpy as np
def backward(root):
    order = topological_order(root)
    for n in order:
        if n.parents:
            n.grad = 0.0
    root.grad = root.grad + 1.0
    for n in reversed(order):
        done = set()
        for p, g in zip(n.parents, n.pull(n.grad)):
            if id(p) not in done:
                p.grad = p.grad + g
                done.add(id(p))
