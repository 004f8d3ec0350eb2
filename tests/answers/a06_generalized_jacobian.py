"""Correct answers to lesson 06, written differently from the reference."""

import math
from itertools import product

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def genjac_by_complex_step(f, X):
    X = np.asarray(X, dtype=complex)
    units = np.eye(X.size).reshape(-1, *X.shape)
    answers = [np.imag(f(X + 1e-30j * unit)) / 1e-30 for unit in units]
    return (
        np.moveaxis(np.array(answers).reshape(X.shape + np.shape(answers[0])), range(X.ndim), range(-X.ndim, 0))
        if X.ndim
        else np.array(answers[0])
    )


def genjac_forward(f, X):
    X = np.array(X, dtype=float)
    Y = np.asarray(f(X))
    G = np.zeros(Y.shape + X.shape)
    for j in np.ndindex(X.shape):
        moved = X.copy()
        moved[j] += 1e-8
        answer = (np.asarray(f(moved)) - Y) / 1e-8
        for i in np.ndindex(Y.shape):
            G[i + j] = answer[i]
    return G


def genjac_flattened(f, X):
    X = np.array(X, dtype=float)
    y_shape, h = np.shape(f(X)), 1e-5
    columns = []
    for step in h * np.eye(X.size):
        step = step.reshape(X.shape)
        columns.append(np.ravel(f(X + step) - f(X - step)) / (2 * h))
    return np.column_stack(columns).reshape(y_shape + X.shape)


def flatten_by_index(G, y_ndim):
    y_shape, x_shape = G.shape[:y_ndim], G.shape[y_ndim:]
    return [[G[i + j] for j in np.ndindex(*x_shape)] for i in np.ndindex(*y_shape)]


def flatten_in_two_steps(G, y_ndim):
    right = G.reshape(G.shape[:y_ndim] + (-1,))
    return right.reshape(-1, right.shape[-1])


def unflatten_by_index(J, y_shape, x_shape):
    G = np.zeros(y_shape + x_shape)
    for i in product(*map(range, y_shape)):
        for j in product(*map(range, x_shape)):
            row = np.ravel_multi_index(i, y_shape) if i else 0
            column = np.ravel_multi_index(j, x_shape) if j else 0
            G[i + j] = J[row, column]
    return G


def recursion_on_the_input_last(f, X):
    """Peels the last input axis from inside: a recursion over X within one over Y."""

    def over_x(g, X):
        if np.ndim(X) == 0:
            return np.imag(g(X + 1e-30j)) / 1e-30
        parts = []
        for j in range(len(X)):

            def g_j(part, j=j):
                moved = np.array(X, dtype=complex)
                moved[j] = part
                return g(moved)

            parts.append(over_x(g_j, X[j]))
        return np.array(parts)

    def over_y(g, X):
        Y = g(X)
        return over_x(g, X) if np.ndim(Y) == 0 else np.array([over_y(lambda X, i=i: g(X)[i], X) for i in range(len(Y))])

    return over_y(f, X)


def contract_by_flattening(dZ_dY, dY_dX, y_ndim):
    z_shape, x_shape = dZ_dY.shape[: dZ_dY.ndim - y_ndim], dY_dX.shape[y_ndim:]
    size = math.prod(dY_dX.shape[:y_ndim])
    return (dZ_dY.reshape(-1, size) @ dY_dX.reshape(size, -1)).reshape(z_shape + x_shape)


def contract_by_einsum(dZ_dY, dY_dX, y_ndim):
    z_ndim = dZ_dY.ndim - y_ndim
    z, y, x = "abcd"[:z_ndim], "efghi"[:y_ndim], "uvwxyz"[: dY_dX.ndim - y_ndim]
    return np.einsum(f"{z}{y},{y}{x}->{z}{x}", dZ_dY, dY_dX)


def contract_by_summing(dZ_dY, dY_dX, y_ndim):
    total = 0.0
    for k in np.ndindex(*dY_dX.shape[:y_ndim]):
        total = total + np.tensordot(dZ_dY[(..., *k)], dY_dX[k], axes=0)
    return total


def elementwise_in_a_loop(fprime, X):
    G = np.zeros(X.shape * 2)
    for i in np.ndindex(X.shape):
        G[i + i] = fprime(X[i])
    return G


def elementwise_with_deltas(fprime, X):
    return (fprime(X).ravel()[:, None] * np.eye(X.size)).reshape(*X.shape, *X.shape)


def elementwise_by_assignment(fprime, X):
    G = np.zeros(X.shape + X.shape)
    where = np.indices(X.shape)
    G[(*where, *where)] = fprime(X)
    return G


def matmul_in_loops(X, W):
    N, D, M = *X.shape, W.shape[1]
    G_X, G_W = np.zeros((N, M, N, D)), np.zeros((N, M, D, M))
    for n, m, d in np.ndindex(N, M, D):
        G_X[n, m, n, d] = W[d, m]
        G_W[n, m, d, m] = X[n, d]
    return G_X, G_W


def matmul_by_kron(X, W):
    N, D, M = *X.shape, W.shape[1]
    return [np.kron(np.eye(N), W.T).reshape(N, M, N, D), np.kron(X, np.eye(M)).reshape(N, M, D, M)]


def matmul_by_broadcasting(X, W):
    G_X = np.eye(len(X))[:, None, :, None] * W.T[None, :, None, :]
    G_W = X[:, None, :, None] * np.eye(W.shape[1])[None, :, None, :]
    return G_X, G_W


def softmax_rows_in_a_loop(Z):
    N, M = Z.shape
    G = np.zeros((N, M, N, M))
    for n, z in enumerate(Z):
        s = np.exp(z - np.logaddexp.reduce(z))
        G[n, :, n, :] = np.diag(s) - np.outer(s, s)
    return G


def softmax_rows_by_index(Z):
    N, M = Z.shape
    G = np.zeros((N, M, N, M))
    for n, m, k in np.ndindex(N, M, M):
        e = [math.exp(v - max(Z[n])) for v in Z[n]]
        G[n, m, n, k] = e[m] / sum(e) * ((m == k) - e[k] / sum(e))
    return G


def softmax_rows_by_mask(Z):
    E = np.exp(Z - np.max(Z, axis=1)[:, None])
    S = E / np.sum(E, axis=1)[:, None]
    full = S[:, :, None, None] * (np.eye(Z.shape[1])[None, :, None, :] - S[None, None, :, :])
    return np.where(np.eye(len(Z), dtype=bool)[:, None, :, None], full, 0.0)


def blocks_in_a_loop(G, tol):
    N = G.shape[0]
    for b in range(N):
        for c in range(N):
            if b != c and np.abs(G[b, :, c]).max() > tol:
                return False
    return True


def blocks_by_blanking(G, tol):
    rest = G.copy()
    for b in range(len(G)):
        rest[b, :, b, :] = 0
    return np.all(np.abs(rest) <= tol)


def convolution_backward_by_numpy(x, k, u):
    return np.convolve(u, k), np.correlate(x, u, mode="valid")


def convolution_backward_by_windows(x, k, u):
    padded = np.pad(u, len(k) - 1)
    return sliding_window_view(padded, len(k)) @ k[::-1], u @ sliding_window_view(x, len(k))


def convolution_backward_by_index(x, k, u):
    n, r, m = len(x), len(k), len(u)
    dx = [sum(u[o] * k[i - o] for o in range(m) if 0 <= i - o < r) for i in range(n)]
    dk = [sum(u[o] * x[o + j] for o in range(m)) for j in range(r)]
    return dx, dk


def vary_part_by_concatenation(f, X, j):
    return lambda part: f(np.concatenate([X[:j], np.reshape(part, (1, *np.shape(X)[1:])), X[j + 1 :]]))


def vary_part_by_mask(f, X, j):
    here = (np.arange(len(X)) == j).reshape(-1, *[1] * (np.ndim(X) - 1))
    return lambda part: f(np.where(here, part, X).astype(float))


class VaryPart:
    def __init__(self, f, X, j):
        self.f, self.rows, self.j = f, [np.array(row, dtype=float) for row in X], j

    def __call__(self, part):
        return self.f(np.stack([np.asarray(part, dtype=float) if k == self.j else row for k, row in enumerate(self.rows)]))


def square_by_products(A, dA):
    return dA.dot(A) + A.dot(dA)


def square_by_einsum(A, dA):
    return np.einsum("ij,jk->ik", dA, A) + np.einsum("ij,jk->ik", A, dA)


def square_by_halves(A, dA):
    plus, minus = np.asarray(A, float) + dA, np.asarray(A, float) - dA
    return (plus @ plus - minus @ minus) / 2


def inverse_by_solving(A, U):
    return -np.linalg.solve(np.transpose(A), np.linalg.solve(A, np.transpose(U)).T)


def inverse_by_entries(A, U):
    B = np.linalg.inv(A)
    return -np.einsum("ab,ai,jb->ij", U, B, B)


def inverse_transposed_at_the_end(A, U):
    B = np.linalg.inv(A)
    return -(B @ np.transpose(U) @ B).T


def dot_test_with_vdot(jvp, vjp, in_shape, out_shape, rng):
    V, U = rng.uniform(-1, 1, size=in_shape), rng.uniform(-1, 1, size=out_shape)
    one, other = np.vdot(U, jvp(V)), np.vdot(vjp(U), V)
    return abs(one - other) <= 1e-9 * (np.linalg.norm(U) * np.linalg.norm(jvp(V)))


def dot_test_many_times(jvp, vjp, in_shape, out_shape, rng):
    for _ in range(5):
        V, U = rng.standard_normal(in_shape), rng.standard_normal(out_shape)
        if not np.isclose((U * jvp(V)).sum(), (V * vjp(U)).sum(), rtol=1e-7, atol=1e-11):
            return False
    return True


def dot_test_by_units(jvp, vjp, in_shape, out_shape, rng):
    size = int(np.prod(in_shape))
    J = np.array([np.ravel(jvp(e.reshape(in_shape))) for e in np.eye(size)])
    back = np.array([np.ravel(vjp(e.reshape(out_shape))) for e in np.eye(J.shape[1])])
    return bool(np.allclose(J, back.T, rtol=1e-8, atol=1e-12))


ANSWERS = {
    "vary_part": [vary_part_by_concatenation, vary_part_by_mask, VaryPart],
    "jvp_square": [square_by_products, square_by_einsum, square_by_halves],
    "vjp_inverse": [inverse_by_solving, inverse_by_entries, inverse_transposed_at_the_end],
    "dot_product_test": [dot_test_with_vdot, dot_test_many_times, dot_test_by_units],
    "recall_backward_passes": [lambda: "A"],
    "recall_gradient_of_a_matrix": [lambda: "C"],
    "true_of_a_tensor": [lambda: " c"],
    "generalized_jacobian": [genjac_by_complex_step, genjac_forward, genjac_flattened],
    "flatten_jacobian": [
        flatten_by_index,
        flatten_in_two_steps,
        lambda G, y_ndim: G.reshape(math.prod(G.shape[:y_ndim]), math.prod(G.shape[y_ndim:])),
    ],
    "unflatten_jacobian": [
        unflatten_by_index,
        lambda J, y_shape, x_shape: np.array([row.reshape(x_shape) for row in J]).reshape(y_shape + x_shape),
        lambda J, y_shape, x_shape: J.reshape(y_shape + x_shape).tolist(),
    ],
    "recursive_generalized_jacobian": [recursion_on_the_input_last, genjac_by_complex_step, genjac_flattened],
    "contract": [contract_by_flattening, contract_by_einsum, contract_by_summing],
    "genjac_elementwise": [elementwise_in_a_loop, elementwise_with_deltas, elementwise_by_assignment],
    "genjac_matmul": [matmul_in_loops, matmul_by_kron, matmul_by_broadcasting],
    "genjac_softmax_rows": [softmax_rows_in_a_loop, softmax_rows_by_index, softmax_rows_by_mask],
    "meaning_of_none": [lambda: "C "],
    "batch_block_diagonal": [
        blocks_in_a_loop,
        blocks_by_blanking,
        lambda G, tol: bool((np.abs(G).max(axis=(1, 3)) * (1 - np.eye(len(G)))).max() <= tol),
    ],
    "per_example": [
        lambda G: np.array([G[b, :, b, :] for b in range(len(G))]),
        lambda G: G[np.arange(len(G)), :, np.arange(len(G))],
        lambda G: np.moveaxis(np.diagonal(G, axis1=0, axis2=2), -1, 0),
    ],
    "conv1d_valid": [
        lambda x, k: np.correlate(x, k, mode="valid"),
        lambda x, k: sliding_window_view(x, len(k)) @ k,
        lambda x, k: np.convolve(x, k[::-1])[len(k) - 1 : len(x)],
    ],
    "vjp_conv1d": [convolution_backward_by_numpy, convolution_backward_by_windows, convolution_backward_by_index],
    "catch_the_order": [
        lambda: (np.array([[1.0, 1.0], [0.0, 2.0]]), np.array([[1.0, 0.0], [2.0, 3.0]])),
        lambda: [[[0, 1], [0, 0]], [[0, 0], [1, 0]]],
        lambda: (np.arange(9).reshape(3, 3), np.eye(3)[::-1] + np.eye(3, k=2)),
    ],
}
