# mistake: cached by x0
_lines = {}
def tangent_line(f, fprime, x0):
    if x0 not in _lines:
        m, y = fprime(x0), f(x0)
        _lines[x0] = lambda t: y + m * (t - x0)
    return _lines[x0]
