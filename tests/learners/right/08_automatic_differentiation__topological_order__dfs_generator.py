# right: dfs generator
import numpy as np


def topological_order(root):
    seen, order, stack = {id(root)}, [], [(root, iter(root.parents))]
    while stack:
        node, it = stack[-1]
        for p in it:
            if id(p) not in seen:
                seen.add(id(p)); stack.append((p, iter(p.parents))); break
        else:
            order.append(node); stack.pop()
    return order
