# node / number is not lifted
import numpy as np


def operators(cls):
    cls.__add__ = cls.__radd__ = lambda s, o: add(s, o)
    cls.__mul__ = cls.__rmul__ = lambda s, o: mul(s, o)
    cls.__neg__ = lambda s: mul(s, -1)
    cls.__sub__ = lambda s, o: add(s, mul(o, -1))
    cls.__rsub__ = lambda s, o: add(o, mul(s, -1))
    cls.__truediv__ = lambda s, o: mul(s, power(o, -1))
    cls.__rtruediv__ = lambda s, o: mul(o, power(s, -1))
    cls.__pow__ = power
    return cls
