# (fx + fz) * zx
import numpy as np


def total_derivative(df_dx, df_dz, dz_dx):
    return (df_dx + df_dz) * dz_dx
