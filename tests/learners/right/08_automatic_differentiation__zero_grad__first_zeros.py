import numpy as np

def zero_grad(root):
    for n in topological_order(root): n.grad *= 0.0
