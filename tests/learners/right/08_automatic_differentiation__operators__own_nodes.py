# right: own nodes
import numpy as np


def operators(cls):
    def lift_(b): return b if isinstance(b, cls) else cls(b)
    cls.__add__ = cls.__radd__ = add
    cls.__mul__ = cls.__rmul__ = mul
    cls.__pow__ = power
    cls.__neg__ = lambda a: cls(-a.data, (a,), (-1.0,))
    cls.__sub__ = lambda a, b: cls(a.data - lift_(b).data, (a, lift_(b)), (1.0, -1.0))
    cls.__rsub__ = lambda a, b: lift_(b) - a
    def div(a, b):
        b = lift_(b)
        return cls(a.data / b.data, (a, b), (1 / b.data, -a.data / b.data**2))
    cls.__truediv__ = div
    cls.__rtruediv__ = lambda a, b: div(lift_(b), a)
    return cls
