# what of v is across u
import numpy as np
def cosine_gradient(u, v):
    u, v = np.asarray(u, float), np.asarray(v, float)
    a, b = u / np.linalg.norm(u), v / np.linalg.norm(v)
    return (b - (a @ b) * a) / np.linalg.norm(u)
