# a stack of iterators
import numpy as np
def topological_order(root):
    done, out, stack = {id(root)}, [], [(root, iter(root.parents))]
    while stack:
        node, left = stack[-1]
        for p in left:
            if id(p) not in done:
                done.add(id(p))
                stack.append((p, iter(p.parents)))
                break
        else:
            out.append(node)
            stack.pop()
    return out
