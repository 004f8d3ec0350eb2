# right: subclass
import numpy as np
class Sum(Value):
    def __init__(self, a, b):
        super().__init__(a.data + b.data, parents=(a, b), slopes=(1.0, 1.0))
def add(a, b):
    return Sum(lift(a), lift(b))
