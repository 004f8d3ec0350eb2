# mistake: adds up the other examples, which is right only where they do not mix
import numpy as np
def per_example(G):
    return G.sum(axis=2)
