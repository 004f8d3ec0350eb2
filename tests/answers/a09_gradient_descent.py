"""Correct answers to lesson 09, written differently from the reference."""

import functools
import itertools
import math

import numpy as np


def descent_into_a_table(grad, theta0, eta, n_steps):
    path = np.empty((n_steps + 1, *np.shape(theta0)))
    path[0] = theta0
    for t in range(n_steps):
        path[t + 1] = path[t] - eta * grad(path[t])
    return path


def descent_with_copies(grad, theta0, eta, n_steps):
    theta = np.asarray(theta0).astype(float).copy()
    history = [theta.copy()]
    for _ in range(n_steps):
        theta -= eta * grad(theta)
        history.append(theta.copy())
    return history


def descent_accumulated(grad, theta0, eta, n_steps):
    steps = itertools.accumulate(range(n_steps), lambda theta, _: theta - grad(theta) * eta, initial=1.0 * theta0)
    return np.stack(list(steps))


def ball_by_displacements(grad, theta0, eta, beta, n_steps):
    path = [np.array(theta0, float)]
    for _ in range(n_steps):
        last = path[-1] - path[-2] if len(path) > 1 else 0.0
        path.append(path[-1] + beta * last - eta * grad(path[-1]))
    return np.array(path)


def ball_with_positive_velocity(grad, theta0, eta, beta, n_steps):
    theta, v = np.array(theta0, float), 0.0
    history = [theta.copy()]
    for _ in range(n_steps):
        v = beta * v + eta * grad(theta)
        theta -= v
        history.append(theta.copy())
    return np.stack(history)


def ball_with_summed_gradients(grad, theta0, eta, beta, n_steps):
    gradients, path = [], [1.0 * theta0]
    for _ in range(n_steps):
        gradients.append(grad(path[-1]))
        k = len(gradients)
        path.append(path[-1] - eta * sum(beta ** (k - 1 - j) * g for j, g in enumerate(gradients)))
    return np.array(path)


def rate_by_ends(losses):
    k = len(losses) // 2
    return float((losses[-1] / losses[k]) ** (0.5 / (len(losses) - 1 - k)))


def rate_by_last_ratio(losses):
    return math.sqrt(losses[-1] / losses[-2])


def rate_by_median(losses):
    d = np.sqrt(losses)
    return np.median((d[1:] / d[:-1])[2 * len(d) // 3 :])


def search_by_powers(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g = grad(theta)
    height, slope = f(theta), np.vdot(g, g)
    for k in itertools.count():
        eta = eta0 * rho**k
        if f(theta - eta * g) <= height - c * eta * slope:
            return eta


def search_recursive(f, grad, theta, eta0, c=1e-4, rho=0.5):
    g, height = grad(theta), f(theta)

    def attempt(eta):
        return eta if height - f(theta - eta * g) >= c * eta * np.linalg.norm(g) ** 2 else attempt(eta * rho)

    return attempt(eta0)


def search_with_flag(f, grad, theta, eta0, c=1e-4, rho=0.5):
    direction = -np.asarray(grad(theta))
    now, eta = f(theta), np.float64(eta0)
    while True:
        if f(theta + eta * direction) - now <= -c * eta * np.sum(direction**2):
            return eta
        eta *= rho


def batches_by_shuffle(m, batch_size, rng):
    order = np.arange(m)
    rng.shuffle(order)
    return np.split(order, range(batch_size, m, batch_size))


def batches_as_lists(m, batch_size, rng):
    order = rng.permutation(m).tolist()
    batches = []
    while order:
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches


def batches_by_sorting(m, batch_size, rng):
    order = np.argsort(rng.random(m))
    return tuple(order[k * batch_size : (k + 1) * batch_size] for k in range(math.ceil(m / batch_size)))


def epoch_with_loop(grad, theta, X, y, eta, batches):
    theta = theta.copy()
    for rows in batches:
        theta -= eta * grad(theta, X[rows, :], y[rows])
    return theta


def epoch_by_take(grad, theta, X, y, eta, batches):
    for rows in batches:
        theta = theta + -eta * np.asarray(grad(theta, X.take(rows, axis=0), y.take(rows)))
    return theta.tolist()


def kind_by_counting(H, tol=1e-8):
    values = np.linalg.eigvals(H).real
    up, down = sum(v > tol for v in values), sum(v < -tol for v in values)
    if up and down:
        return "saddle"
    return {(len(values), 0): "minimum", (0, len(values)): "maximum"}.get((int(up), int(down)), "degenerate")


def kind_by_extremes(H, tol=1e-8):
    low, high = np.linalg.eigvalsh(H)[[0, -1]]
    if low > tol:
        return "minimum"
    if high < -tol:
        return "maximum"
    return "saddle" if low < -tol and high > tol else "degenerate"


def kind_by_eigh(H, tol=1e-8):
    curvatures = np.linalg.eigh(H)[0]
    signs = {int(s) for s in np.where(np.abs(curvatures) <= tol, 0, np.sign(curvatures))}
    if {1, -1} <= signs:
        return "saddle"
    return "degenerate" if 0 in signs else "minimum" if 1 in signs else "maximum"


def sources_by_loops(X, y):
    m, n = len(X), len(X[0])

    def loss(theta):
        return sum((y[i] - sum(X[i, k] * theta[k] for k in range(n))) ** 2 for i in range(m)) / m

    def formula(theta):
        return [-2 / m * sum((y[i] - X[i] @ theta) * X[i, j] for i in range(m)) for j in range(n)]

    def differences(theta, h=1e-6):
        return [(loss(theta + h * e) - loss(theta - h * e)) / (2 * h) for e in np.identity(n)]

    def complex_(theta, h=1e-30):
        found = np.zeros(n)
        for j in range(n):
            z = theta.astype(complex)
            z[j] += 1j * h
            found[j] = np.imag(loss(z)) / h
        return found

    def backward(theta):
        dr = np.full(m, 1 / m) * 2 * (X @ theta - y)
        return X.T.dot(dr)

    return {"formula": formula, "differences": differences, "complex": complex_, "backward": backward}


def sources_by_normal_equations(X, y):
    H, b = 2 * X.T @ X / len(y), 2 * X.T @ y / len(y)
    square = lambda r: np.vdot(r.conj(), r) / len(y)
    loss = lambda theta: square(X @ theta - y)
    return {
        "backward": lambda theta: np.einsum("i,ij->j", 2 * (X @ theta - y), X) / len(y),
        "complex": lambda theta: np.array([loss(theta + 1e-100j * e).imag / 1e-100 for e in np.eye(len(theta))]),
        "formula": lambda theta: H @ theta - b,
        "differences": lambda theta: np.array([(loss(theta + 1e-4 * e) - loss(theta - 1e-4 * e)) / 2e-4 for e in np.eye(len(theta))]),
    }


def sources_from_one(X, y):
    ours = sources_by_loops(X, y)
    return {
        **ours,
        "formula": lambda theta: np.mean(2 * (X @ theta - y)[:, None] * X, axis=0),
        "differences": functools.partial(ours["differences"], h=1e-5),
    }


def after_by_the_matrix(A, theta0, eta, t):
    return np.linalg.matrix_power(np.eye(len(A)) - eta * A, t) @ theta0


def after_part_by_part(A, theta0, eta, t):
    values, columns = np.linalg.eigh(A)
    return sum((1 - eta * value) ** t * np.dot(column, theta0) * column for value, column in zip(values, columns.T))


def after_with_eig(A, theta0, eta, t):
    step, vectors = np.linalg.eig(np.eye(len(A)) - eta * np.asarray(A, dtype=float))
    return np.real(vectors @ (step**t * np.linalg.solve(vectors, theta0)))


def matrix_by_columns(eta, lam, beta):
    return np.column_stack([[beta + 1 - eta * lam, 1.0], [-beta, 0.0]])


def matrix_from_its_parts(eta, lam, beta):
    ball, hill = np.array([[1 + beta, -beta], [1, 0]]), np.array([[1, 0], [0, 0]])
    return ball - eta * lam * hill


def matrix_as_lists(eta, lam, beta):
    return [[1 - eta * lam + beta, -beta], [1, 0]]


def rate_by_eigvals(eta, lam, beta):
    flat = [np.abs(np.linalg.eigvals([[1 + beta - eta * one, -beta], [1, 0]])).max() for one in np.ravel(lam)]
    return np.reshape(flat, np.shape(lam))


def rate_by_roots(eta, lam, beta):
    flat = [max(abs(z) for z in np.roots([1, eta * one - 1 - beta, beta])) for one in np.ravel(lam).tolist()]
    return np.reshape(flat, np.shape(lam))


def rate_by_cases(eta, lam, beta):
    half = np.abs(1 + beta - eta * np.asarray(lam, dtype=float)) / 2
    return np.where(half**2 < beta, np.sqrt(beta), half + np.sqrt(np.maximum(half**2 - beta, 0)))


ANSWERS = {
    "descent_after": [after_by_the_matrix, after_part_by_part, after_with_eig],
    "momentum_matrix": [matrix_by_columns, matrix_from_its_parts, matrix_as_lists],
    "momentum_rate": [rate_by_eigvals, rate_by_roots, rate_by_cases],
    "between_the_lines": [lambda: "D"],
    "recall_accumulation": [lambda: " B "],
    "recall_two_parts": [lambda: "D"],
    "wrong_note": [lambda: "C"],
    "gradient_descent": [descent_into_a_table, descent_with_copies, descent_accumulated],
    "lipschitz_constant": [
        lambda A: np.linalg.norm(A, 2),
        lambda A: max(np.linalg.eigvals(A).real),
        lambda A: float(np.linalg.svd(A)[1].max()),
    ],
    "condition_number": [
        lambda A: np.linalg.cond(A),
        lambda A: np.linalg.norm(A, 2) * np.linalg.norm(np.linalg.inv(A), 2),
        lambda A: np.ptp(np.linalg.eigvalsh(A)) / np.linalg.eigvalsh(A).min() + 1,
    ],
    "max_stable_eta": [
        lambda A: 2 / np.linalg.norm(A, 2),
        lambda A: min(2 / v for v in np.linalg.eigvalsh(A)),
        lambda A: 2 * np.linalg.norm(np.linalg.inv(A), -2),
    ],
    "optimal_eta": [
        lambda A: 2 / (np.linalg.norm(A, 2) + np.linalg.norm(A, -2)),
        lambda A: 1 / np.mean(np.linalg.eigvalsh(A)[[0, -1]]),
        lambda A: 2 / (max(np.linalg.eigvals(A).real) + min(np.linalg.eigvals(A).real)),
    ],
    "convergence_rate": [rate_by_ends, rate_by_last_ratio, rate_by_median],
    "momentum": [ball_by_displacements, ball_with_positive_velocity, ball_with_summed_gradients],
    "backtracking_line_search": [search_by_powers, search_recursive, search_with_flag],
    "minibatches": [batches_by_shuffle, batches_as_lists, batches_by_sorting],
    "sgd_epoch": [
        epoch_with_loop,
        epoch_by_take,
        lambda grad, theta, X, y, eta, batches: functools.reduce(lambda now, b: now - eta * grad(now, X[b], y[b]), batches, theta),
    ],
    "combine_batches": [
        lambda gradients, sizes: np.average(gradients, axis=0, weights=sizes),
        lambda gradients, sizes: sum(n * g for n, g in zip(sizes, gradients)) / sum(sizes),
        lambda gradients, sizes: np.tensordot(sizes / sizes.sum(), gradients, axes=1),
    ],
    "classify_critical_point": [kind_by_counting, kind_by_extremes, kind_by_eigh],
    "gradient_sources": [sources_by_loops, sources_by_normal_equations, sources_from_one],
    "diagnose_curves": [lambda: "5 3 1 2 4"],
    "catch_the_last_batch": [
        lambda: ([0, 1], [1, 9]),
        lambda: [np.array([1.0, 2.0, 4.0]), np.array([5, 5, 3])],
        lambda: ((-1.5, 2.5), (3, 4)),
    ],
}
