"""The loss of the network with its gradients, and the share of right answers."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Items, Labels, Mapping, Reals

from ._lesson import PARAMETERS, Network, Scores, a_network, lesson, numbers, scores_of, small_networks

fnn_loss_and_grads = lesson.exercise(
    "fnn_loss_and_grads",
    4,
    "the loss and the gradient of every parameter",
    signature="params, X, y",
    minutes=20,
    difficulty=4,
    returns=Items(Array(), Mapping(lambda params, X, y: PARAMETERS, lambda key, args: Array(args[0][key].shape))),
    domains={"X": Reals("m d", high=5), "params": Network(), "y": Labels("m", "C")},
    clauses={
        "The mean cross entropy and a dict": "loss_is_the_mean_cross_entropy gradient_of_b2 gradient_of_W2 gradient_of_b1 gradient_of_W1 "
        "survives_large_scores edges",
        "y holds the classes": "edges",
    },
    hints=(
        "Forward first, and keep the hidden layer. Subtract each row's largest score before np.exp.",
        "The gradient of the scores is (probabilities minus one-hot labels) divided by m. Lesson 7 has the reason.",
        "Backward, in this order: dW2 and db2 from the gradient of the scores; then the hidden layer's; times 1 - tanh²; then dW1 and db1.",
        "Each gradient has the shape of its parameter. db sums over the examples.",
    ),
)


fnn_loss_and_grads.cases(small_networks)


def _loss(params, X, y):
    """The mean cross entropy, for complex parameters too."""
    Z = scores_of(params, X)
    return sum(np.log(np.sum(np.exp(row - row[label].real))) - (row[label] - row[label].real) for row, label in zip(Z, y)) / len(y)


@fnn_loss_and_grads.check(domain=True)
def loss_is_the_mean_cross_entropy(t, params, X, y):
    """The loss is the mean of the cross entropies"""
    t.equal(t(params, X, y)[0], float(np.real(_loss(params, X, y))))


def _promise(name: str):
    def promise(t, params, X, y):
        wanted = np.zeros(params[name].shape)
        for index in np.ndindex(wanted.shape):
            # a complex step along one entry: exact to rounding, and no formula of backpropagation in it
            moved = {key: value.astype(complex) for key, value in params.items()}
            moved[name][index] += 1e-20j
            wanted[index] = np.imag(_loss(moved, X, y)) / 1e-20
        t.equal(t(params, X, y)[1][name], wanted, f"This is the gradient of {name}.")

    promise.__name__, promise.__doc__ = f"gradient_of_{name}", f"The gradient of {name} is that of the loss"
    fnn_loss_and_grads.check(domain=True)(promise)


for _name in ("b2", "W2", "b1", "W1"):
    _promise(_name)


def large_scores(rng):
    """Scores of a thousand: exp overflows unless the largest is taken off first."""
    largest = 0.0
    while largest < 800:  # exp overflows from 710 on
        params, X = a_network(rng, 2, 3, 3), numbers(rng, (4, 2))
        params["W2"] = np.round(params["W2"] * 1000)
        largest = np.real(scores_of(params, X)).max()
    yield params, X, np.array([0, 1, 2, 1])


@fnn_loss_and_grads.check(cases=large_scores, needs=("loss_is_the_mean_cross_entropy",))
def survives_large_scores(t, params, X, y):
    """Scores of a thousand give a finite loss and finite gradients"""
    loss, grads = t(params, X, y)
    Z = np.real(scores_of(params, X))
    wanted = np.mean([np.logaddexp.reduce(row) - row[label] for row, label in zip(Z, y)])
    t.equal(loss, float(wanted), "Only the differences of the scores of a row count. np.exp(1000) is infinite.")
    t.holds(all(np.all(np.isfinite(g)) for g in grads.values()), "inf or nan in a gradient", "finite numbers")


def _backward(params, X, y, *, mean=True, slope=lambda Z1, A: 1 - A**2, stable=True, cut=lambda grads: grads, dZ_of=None, loss_factor=1.0):
    """A backward pass with one thing done differently."""
    Z1 = X @ params["W1"] + params["b1"]
    A = np.tanh(Z1)
    Z = A @ params["W2"] + params["b2"]
    Z = Z - Z.max(axis=1)[:, None] if stable else Z
    with np.errstate(all="ignore"):
        P = np.exp(Z) / np.exp(Z).sum(axis=1)[:, None]
        loss = (
            float(-np.mean(np.log(P[range(len(y)), y])))
            if not stable
            else float(np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[range(len(y)), y]))
        )
        D = (P - np.eye(P.shape[1])[y]) / (len(y) if mean else 1) if dZ_of is None else dZ_of(P, y)
    dA = np.einsum("io,ho->ih", D, params["W2"]) * slope(Z1, A)
    return loss * loss_factor, cut(
        {"W1": np.einsum("ij,ih->jh", X, dA), "b1": np.einsum("ih->h", dA), "W2": np.einsum("ih,io->ho", A, D), "b2": np.einsum("io->o", D)}
    )


_variants = {
    "sum_not_mean": ("The loss is a mean and your gradients belong to the sum: divide by the number of examples.", dict(mean=False)),
    "loss_summed": ("The loss is a sum over the examples. Take the mean.", "loss"),
    "no_tanh_slope": ("The slope of tanh is missing on the way back through the hidden layer.", dict(slope=lambda Z1, A: 1.0)),
    "slope_at_the_wrong_place": (
        "You take tanh twice: A is the tanh already, so its slope is 1 - A², not 1 - tanh(A)².",
        dict(slope=lambda Z1, A: 1 - np.tanh(A) ** 2),
    ),
    "slope_without_square": ("The slope of tanh is 1 - tanh², with a square.", dict(slope=lambda Z1, A: 1 - A)),
    "bias_means": ("The bias gradients are means over the examples, and the mean is in the gradient of the scores already. Sum.", "bias"),
    "labels_not_subtracted": (
        "The one-hot labels are missing: the gradient of the scores is probabilities minus labels.",
        dict(dZ_of=lambda P, y: P / len(y)),
    ),
    "sign": (
        "All gradients have the wrong sign: it is probabilities minus labels.",
        dict(dZ_of=lambda P, y: (np.eye(P.shape[1])[y] - P) / len(y)),
    ),
    "extra_softmax_slope": (
        "You multiply by p(1 - p) once more. Probabilities minus labels is the gradient of the scores already.",
        dict(dZ_of=lambda P, y: (P - np.eye(P.shape[1])[y]) * P * (1 - P) / len(y)),
    ),
    "overflows": (
        "np.exp overflows for large scores. Take each row's largest score off first; the softmax does not notice.",
        dict(stable=False),
    ),
}
for _key, (_message, _how) in _variants.items():
    if _how == "loss":
        fnn_loss_and_grads.mistake(_message, name=_key)(lambda params, X, y: _backward(params, X, y, loss_factor=len(y)))
    elif _how == "bias":
        fnn_loss_and_grads.mistake(_message, name=_key)(
            lambda params, X, y: _backward(params, X, y, cut=lambda g: {k: v / len(y) if k[0] == "b" else v for k, v in g.items()})
        )
    else:
        fnn_loss_and_grads.mistake(_message, name=_key)(lambda params, X, y, how=_how: _backward(params, X, y, **how))


accuracy = lesson.exercise(
    "accuracy",
    1,
    "the share of right answers",
    signature="Z, y",
    minutes=4,
    difficulty=1,
    returns=Array(),
    domains={"Z": Scores(), "y": Labels("m", "C")},
    clauses={"The share of examples": "counts_the_right_answers edges"},
    hints=(
        "The answer for an example is the class with the largest score in its row.",
        "np.argmax with axis=1 gives one answer a row; compare with y and take the mean.",
    ),
)


@accuracy.cases
def tables(rng):
    for m, n in ((17, 3), (23, 4), (29, 5)):
        y = rng.integers(n, size=m)
        Z = numbers(rng, (m, n), 5) + np.arange(n) / 1000  # no two scores of a row are equal: who wins a tie is nobody's mistake
        Z[np.arange(m)[::2], y[::2]] += 12  # at least every second example is right
        yield np.round(Z, 3), y


@accuracy.edges
def close_scores(rng):
    """Scores that differ in the tenth digit, for the right class and against it; and scores all below 0."""
    yield np.stack([np.roll([-1.5, -2.5, -3.5], k) for k in range(8)]), np.arange(8) % 3
    y = rng.integers(3, size=8)
    Z = np.ones((8, 3)) + 1e-9 * np.arange(3)
    Z[np.arange(8), y] += np.where(np.arange(8) < 5, 5e-9, -5e-9)
    yield Z, y
    yield 1e6 * Z, y


@accuracy.check(domain=True)
def counts_the_right_answers(t, Z, y):
    """It is the share of examples whose largest score is that of their class"""
    right = sum(all(row[label] > score for k, score in enumerate(row) if k != label) for row, label in zip(Z, y))
    t.assume(all(len(set(row)) == len(row) for row in Z.tolist()))
    t.equal(t(Z, y), right / len(y))


@accuracy.mistake("This is the number of right answers. Divide by the number of examples.")
def counts(Z, y):
    return float(np.sum(Z.argmax(axis=1) == y))


@accuracy.mistake("This is the share of wrong answers.")
def share_wrong(Z, y):
    return float(np.mean(Z.argmax(axis=1) != y))


@accuracy.mistake("These are percent. Return the share, between 0 and 1.")
def percent(Z, y):
    return 100 * float(np.mean(Z.argmax(axis=1) == y))


@accuracy.mistake("You take the smallest score of each row. The largest wins.")
def smallest_wins(Z, y):
    return float(np.mean(Z.argmin(axis=1) == y))


@accuracy.mistake("You divide by the number of scores. There is one answer for each row.")
def divides_by_all(Z, y):
    return float(np.sum(Z.argmax(axis=1) == y) / Z.size)
