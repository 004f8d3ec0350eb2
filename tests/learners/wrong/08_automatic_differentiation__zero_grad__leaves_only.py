# mistake: only the leaves are set back
import numpy as np
def zero_grad(root):
    for node in topological_order(root):
        if not node.parents:
            node.grad = 0.0
