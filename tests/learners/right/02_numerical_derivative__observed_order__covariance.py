# right: covariance over variance, in log2, sorted lists
import numpy as np
def observed_order(hs, errors):
    pairs = sorted(zip(hs, errors))
    k = min(range(len(pairs)), key=lambda i: pairs[i][1])
    x, y = np.log2(np.array(pairs[k:], float)).T
    return float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
