import numpy as np

_seen = set()
def zero_grad(root):
    stack = [root]
    while stack:
        n = stack.pop()
        if id(n) in _seen: continue
        _seen.add(id(n)); n.grad = 0.0; stack.extend(n.parents)
