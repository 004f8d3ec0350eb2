# rounds the way from x0 to three decimals
def tangent_line(f, fprime, x0):
    return lambda t: f(x0) + fprime(x0) * round(t - x0, 3)
