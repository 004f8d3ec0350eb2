# right: collected
import numpy as np
def backward(root):
    order = topological_order(root)
    incoming = {id(root): [1.0 if np.ndim(root.data) == 0 else np.ones(np.shape(root.data))]}
    for node in order[::-1]:
        total = 0.0
        for piece in incoming.get(id(node), [0.0]):
            total = total + piece
        node.grad = total if node.parents else node.grad + total
        for parent, piece in zip(node.parents, node.pull(total)):
            incoming.setdefault(id(parent), []).append(piece)
