import numpy as np

_visited = []
def zero_grad(root):
    stack = [root]
    while stack:
        n = stack.pop()
        if any(n is v for v in _visited): continue
        _visited.append(n); n.grad = 0.0; stack.extend(n.parents)
