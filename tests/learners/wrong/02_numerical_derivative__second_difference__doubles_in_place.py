# writes into what f gives back, which may be x itself
def second_difference(f, x, h):
    middle = f(x)
    middle *= 2
    return (f(x + h) - middle + f(x - h)) / h**2
