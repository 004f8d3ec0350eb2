# keeps the gradients of the last call
import numpy as np


_kept = {}
def engine_gradients(params, X, y):
    t = {}
    for k, v in params.items():
        t[k] = _kept.setdefault((k, np.shape(v)), Tensor(v))
        t[k].data = np.asarray(v, float)
    A = tensor_add(tensor_matmul(Tensor(X), t["W1"]), t["b1"])
    H = elementwise(A, np.tanh, lambda a: 1 - np.tanh(a) ** 2)
    p = tensor_reshape(tensor_add(tensor_matmul(H, t["W2"]), t["b2"]), (len(y),))
    r = tensor_add(p, tensor_neg(Tensor(y)))
    L = tensor_mean(tensor_mul(r, r))
    backward(L)
    return float(L.data), {k: n.grad for k, n in t.items()}
