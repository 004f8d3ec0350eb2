# mistake: stops at zero root ok
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
    todo, first = [root], True
    while todo:
        n = todo.pop()
        if not first and not np.any(n.grad): continue
        first = False
        n.grad = 0.0; todo.extend(n.parents)
