# right: iterators
import numpy as np
def topological_order(root):
    seen, order = {id(root)}, []
    stack = [(root, iter(root.parents))]
    while stack:
        node, rest = stack[-1]
        for p in rest:
            if id(p) not in seen:
                seen.add(id(p))
                stack.append((p, iter(p.parents)))
                break
        else:
            order.append(node)
            stack.pop()
    return order
