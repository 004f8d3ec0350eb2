def chain_many(Js):
    P = Js[-1]
    for J in Js[:-1]:
        P = P @ J
    return P
