# walks with a set of what is to do
import numpy as np
def zero_grad(root):
    todo, seen = {root}, set()
    while todo:
        node = todo.pop()
        seen.add(node)
        node.grad = 0.0
        todo.update(p for p in node.parents if p not in seen)
