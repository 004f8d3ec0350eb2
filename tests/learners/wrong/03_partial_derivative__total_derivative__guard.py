# nothing through z when the slope is negative
import numpy as np


def total_derivative(df_dx, df_dz, dz_dx):
    return df_dx + df_dz * max(dz_dx, 0)
