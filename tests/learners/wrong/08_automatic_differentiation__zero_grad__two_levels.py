# mistake: two levels
import numpy as np


def topological_order(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready: order.append(node)
        elif node not in seen:
            seen.add(node); stack.append((node, True)); stack += [(parent, False) for parent in node.parents]
    return order
def zero_grad(root):
    for n in topological_order(root)[-30:]: n.grad = 0.0
