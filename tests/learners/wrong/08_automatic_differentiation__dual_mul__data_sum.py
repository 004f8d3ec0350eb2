def dual_mul(a, b):
    a, b = dual(a), dual(b)
    return Dual(a.data + b.data, a.slope * b.data + a.data * b.slope)
