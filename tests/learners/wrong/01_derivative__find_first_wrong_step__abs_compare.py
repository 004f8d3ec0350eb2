# mistake: compares sizes, so a flipped sign passes
import numpy as np
def find_first_wrong_step(steps):
    rng = np.random.default_rng(0)
    pts = rng.uniform(0.5, 2, size=(20, 2))
    for i in range(1, len(steps)):
        if any(not np.isclose(abs(steps[i](x, h)), abs(steps[i-1](x, h))) for x, h in pts): return i
