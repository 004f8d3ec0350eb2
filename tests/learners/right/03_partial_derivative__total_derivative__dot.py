# a dot product
import numpy as np


def total_derivative(df_dx, df_dz, dz_dx):
    return float(np.dot([df_dx, df_dz], [1.0, dz_dx]))
