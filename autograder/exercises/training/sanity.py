"""Three tests that every training should pass before it is trusted."""

from __future__ import annotations

import numpy as np

from autograder.writing import Boolean, CheckOnly, Function, Mapping

from ._lesson import lesson

KEYS = ("start", "gradient", "overfit")
_STEPS = 80

sanity_checks = lesson.exercise(
    "sanity_checks",
    2,
    "three tests that a sound network passes",
    seconds=10,
    signature="loss, grad, theta0, n_classes, eta, n_steps",
    minutes=15,
    difficulty=4,
    tolerance=None,
    returns=Mapping(lambda *args: KEYS, lambda key, args: Boolean()),
    clauses={
        "Three tests of a network": "returns",
        '"start": loss(theta0) is within 10 %': "start_is_judged_right",
        '"gradient": the relative error (lesson 0)': "gradient_is_judged_right",
        '"overfit": after n_steps': "overfit_is_judged_right",
        "ends with nan": "overfit_is_judged_right",
    },
    hints=(
        "start: a network that knows nothing gives every one of C classes the probability 1/C. What is its loss?",
        "gradient: central differences of loss at theta0, one component at a time, against grad(theta0). Compare with the relative error.",
        "overfit: n_steps of gradient descent with eta from theta0. Is the loss then below 0.01?",
        "Return a dict of three truth values. bool(...) makes one of NumPy's.",
    ),
)


def _model(rng, C: int, *, loss="{mean}", grad="{true}", theta0=None, X=None):
    """A small softmax regression on four examples, with `loss` and `grad` as they are or with something planted."""
    m = n = 4
    y = rng.permutation(np.append(np.arange(min(C, m)), rng.integers(C, size=max(0, m - C))))[:m]
    table = 4 * np.eye(m, n) + rng.uniform(-0.3, 0.3, size=(m, n))
    X = np.round(table if X is None else X(table, y), 2)
    Z = f"(np.array({X.tolist()}) @ x.reshape({n}, {C}))"
    onehot = np.eye(C)[y].tolist()
    mean = f"np.mean(np.log(np.sum(np.exp({Z}), axis=1)) - np.sum({Z}*np.array({onehot}), axis=1))"
    true = f"(np.array({X.tolist()}).T @ (np.exp({Z})/np.sum(np.exp({Z}), axis=1)[:, None] - np.array({onehot}))/{m}).ravel()"
    start = np.round(rng.uniform(-0.03, 0.03, size=n * C), 3) if theta0 is None else theta0(y, n, C)
    return Function(loss.format(mean=mean), name="loss"), Function(grad.format(true=true), name="grad"), start, C, 0.5, _STEPS


def _against(y, n, C) -> np.ndarray:
    """A start that is sure of the wrong answers."""
    theta = np.zeros((n, C))
    theta[np.arange(n), y] = -1.5
    return theta.ravel()


def _twins(X, y) -> np.ndarray:
    """Two examples that look the same and have different labels: nothing can tell them apart."""
    j = int(np.flatnonzero(y != y[0])[0])
    X[0] *= 0.6
    X[j] = X[0]
    return X


_MADE = {  # how a network is made, and what the three tests should say of it
    "sound": ({}, (True, True, True)),
    "sure": (dict(theta0=_against), (False, True, True)),
    "raised": (dict(loss="{mean} + 0.5"), (False, True, False)),
    "near": (dict(loss="1.07*{mean}", theta0=lambda y, n, C: np.zeros(n * C)), (True, False, True)),
    "below": (dict(loss="0.93*{mean}", theta0=lambda y, n, C: np.zeros(n * C)), (True, False, True)),
    "far below": (dict(loss="0.87*{mean}", theta0=lambda y, n, C: np.zeros(n * C)), (False, False, True)),
    # these two tell 10 % of ln C from 10 % of the loss
    "just below": (dict(loss="0.905*{mean}", theta0=lambda y, n, C: np.zeros(n * C)), (True, False, True)),
    "just above": (dict(loss="1.105*{mean}", theta0=lambda y, n, C: np.zeros(n * C)), (False, False, True)),
    "half": (dict(loss="0.5*{mean}", theta0=lambda y, n, C: np.zeros(n * C)), (False, False, True)),
    "off": (dict(loss="1.13*{mean}", theta0=lambda y, n, C: np.zeros(n * C)), (False, False, True)),
    "flipped": (dict(grad="-{true}"), (True, False, False)),
    "scaled": (dict(grad="1.5*{true}"), (True, False, True)),
    "nearly": (dict(grad="1.001*{true}"), (True, False, True)),
    "two percent": (dict(grad="0.98*{true}"), (True, False, True)),
    "faint": (dict(loss="0.001*{mean}", grad="0.001*{true}"), (False, True, True)),
    "faint and scaled": (dict(loss="0.001*{mean}", grad="0.00102*{true}"), (False, False, True)),
    "cut": (dict(grad="{true}*(np.arange(12) != 7)"), (True, False, True)),
    "twins": (dict(X=_twins), (True, True, False)),
}


def _networks(rng, *kinds):
    for kind, C in kinds:
        planted, verdict = _MADE[kind]
        yield *_model(rng, C, **planted), CheckOnly(verdict)


def _stopped(rng, level: float, learned: bool) -> tuple:
    """A sound network that stops at the last step with a loss above `level`, or at the first one below."""
    loss, grad, theta, C, eta, _ = _model(rng, 3)
    start, steps = theta, 0
    while loss(theta - eta * grad(theta)) > level:
        theta, steps = theta - eta * grad(theta), steps + 1
    return loss, grad, start, C, eta, steps + int(learned), CheckOnly((True, True, learned))


def _lost(rng) -> tuple:
    """A network whose loss is nan as soon as a weight is large."""
    loss, grad, *others = _model(rng, 3)
    return (
        Function(f"{loss.expr} + np.where(np.max(np.abs(x)) < 0.5, 0, np.nan)", name="loss"),
        grad,
        *others,
        CheckOnly((True, True, False)),
    )


@sanity_checks.cases
def starts(rng):
    yield from _networks(
        rng,
        ("sound", 3),
        ("sure", 3),
        ("near", 5),
        ("off", 2),
        ("raised", 2),
        ("below", 4),
        ("far below", 3),
        ("half", 5),
        ("just below", 3),
        ("just above", 4),
    )


def gradients(rng):
    """A right gradient, and wrong ones: in sign, in size, in one component."""
    yield from _networks(
        rng,
        ("sound", 3),
        ("flipped", 3),
        ("scaled", 3),
        ("cut", 3),
        ("nearly", 3),
        ("two percent", 3),
        ("faint", 3),
        ("faint and scaled", 3),
    )


def examples(rng):
    """Examples that can be learned by heart, and some that cannot."""
    yield from _networks(rng, ("sound", 3), ("sure", 3), ("twins", 3), ("flipped", 2))
    yield _lost(rng)
    yield _stopped(rng, 0.01, False)  # one step more, and one step less, would say something else
    yield _stopped(rng, 0.01, True)
    for level, learned in ((0.0105, False), (0.0095, True), (0.04, False), (0.1, False)):
        yield _stopped(rng, level, learned)


def _promise(key: str, cases, sentence: str, right: str, wrong: str):
    def promise(t, loss, grad, theta0, n_classes, eta, n_steps, verdict):
        wanted = verdict[KEYS.index(key)]
        t.same(t(loss, grad, theta0, n_classes, eta, n_steps)[key], wanted, right if wanted else wrong)

    promise.__name__, promise.__doc__ = f"{key}_is_judged_right", sentence
    sanity_checks.check(cases=cases)(promise)


_promise(
    "start",
    None,
    '"start" tells whether the first loss is within 10 % of ln C',
    "At theta0 the loss is within 10 % of ln C here.",
    "At theta0 the loss is more than 10 % away from ln C here.",
)
_promise(
    "gradient",
    gradients,
    '"gradient" tells whether grad is the gradient of loss at theta0',
    "grad is the gradient of loss here, up to rounding.",
    "grad is not the gradient of loss here.",
)
_promise(
    "overfit",
    examples,
    '"overfit" tells whether gradient descent brings the loss below 0.01',
    "After n_steps of gradient descent the loss is below 0.01 here.",
    "After n_steps of gradient descent the loss is still above 0.01 here.",
)
