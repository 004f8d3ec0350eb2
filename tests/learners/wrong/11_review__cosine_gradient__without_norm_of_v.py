# mistake: v is not divided by its length
import numpy as np
def cosine_gradient(u, v):
    n = np.linalg.norm(u)
    return v / n - (u @ v) * u / n**3
