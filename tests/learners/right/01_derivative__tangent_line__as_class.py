class _Line:
    def __init__(self, m, c):
        self.m, self.c = m, c
    def __call__(self, t):
        return self.m * t + self.c
def tangent_line(f, fprime, x0):
    m = fprime(x0)
    return _Line(m, f(x0) - m * x0)
