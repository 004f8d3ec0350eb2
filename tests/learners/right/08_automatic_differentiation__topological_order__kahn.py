import numpy as np

def topological_order(root):
    nodes, stack = {id(root): root}, [root]
    while stack:
        for p in stack.pop().parents:
            if id(p) not in nodes: nodes[id(p)] = p; stack.append(p)
    waiting = {k: len({id(p) for p in n.parents}) for k, n in nodes.items()}
    children = {k: [] for k in nodes}
    for k, n in nodes.items():
        for p in {id(p) for p in n.parents}: children[p].append(k)
    ready = [k for k, w in waiting.items() if not w]; out = []
    while ready:
        k = ready.pop(); out.append(nodes[k])
        for c in children[k]:
            waiting[c] -= 1
            if not waiting[c]: ready.append(c)
    return out
