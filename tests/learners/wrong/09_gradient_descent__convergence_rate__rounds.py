# mistake: rounds
import numpy as np
def convergence_rate(losses):
    half = losses[len(losses) // 2:]
    return round(float((half[-1] / half[0]) ** (0.5 / (len(half) - 1))), 4)
