# math functions, numbers only
import numpy as np


import math
def bell_wave_slope(x):
    return math.exp(-x**2) * (3 * math.cos(3 * x) - 2 * x * math.sin(3 * x))
