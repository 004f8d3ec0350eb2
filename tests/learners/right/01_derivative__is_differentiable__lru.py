# right: a cache keyed by all arguments
import numpy as np
from functools import lru_cache
@lru_cache(None)
def is_differentiable(f, x):
    s = [(f(x + h) - f(x)) / h for h in (1e-5, -1e-5, 1e-6, -1e-6)]
    return bool(max(s) - min(s) < 0.03)
