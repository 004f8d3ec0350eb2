import numpy as np

def topological_order(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        n, done = stack.pop()
        if done: order.append(n); continue
        if float(np.sum(n.data)) in seen: continue
        seen.add(float(np.sum(n.data))); stack.append((n, True)); stack.extend((p, False) for p in n.parents)
    return order
