import numpy as np

class Adam:
    b1, b2 = 0.9, 0.999
    def __call__(self, p, g, m, v, t, lr):
        m2 = m + (1 - self.b1) * (g - m); v2 = v + (1 - self.b2) * (g ** 2 - v)
        return [p - lr * m2 / (1 - self.b1 ** t) / (np.sqrt(v2 / (1 - self.b2 ** t)) + 1e-8), m2, v2]
adam_step = Adam()
