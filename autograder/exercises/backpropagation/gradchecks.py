"""The gradient check, parameter by parameter. Sources: MC09, MC41."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Items, Mapping, Tolerance, literal

from ._lesson import draw, lesson
from ._losses import coupled_losses

_MEASURED = Tolerance(1e-4, 1e-5, "a central difference at h = 1e-5 is good to 1e-9 or so, a ratio of norms hardly less")
_QUIET = 1e-5  # what a right gradient may be off by in the check, relative

gradcheck = lesson.exercise(
    "gradcheck",
    3,
    "how wrong each array of a gradient is, by central differences",
    signature="loss, params, grads, options",
    minutes=20,
    difficulty=4,
    program="errors_and_params",
    returns=Items(
        Mapping(lambda loss, params, *_: tuple(params), lambda *_: Array()),
        Mapping(lambda loss, params, *_: tuple(params), lambda name, args: Array(lambda loss, params, *_: np.shape(params[name]))),
    ),
    show=lambda loss, params, grads, options: (
        f"loss = {loss.source}\nparams = {literal(params)}\ngrads = {literal(grads)}\n"
        f"gradcheck(loss, params, grads{''.join(f', {key}=' + (f'np.random.default_rng({value})' if key == 'rng' else repr(value)) for key, value in options.items())})"
    ),
    tolerance=None,
    hints=(
        "For every array and every entry k: the loss with the entry moved up by h, minus the loss with it moved down, over 2h. nudge does the moving.",
        "Compare one array's slopes as a whole: the norm of the difference over the larger of the two norms. If both norms are 0 the error is 0.",
        "Three losses tell a corner: up - 2*middle + down is about h times the jump in slope there, and about h*h elsewhere.",
        "rng.permutation(size)[:most] draws different entries. Use the same entries of the given gradient.",
    ),
)


def _relative(a, b) -> float:
    size = max(np.sqrt(np.sum(np.square(a))), np.sqrt(np.sum(np.square(b))))
    return float(np.sqrt(np.sum(np.square(a - b))) / size) if size else 0.0


@gradcheck.cases
def planted_bugs(rng):
    """Gradients that are right but for one array, by a factor or a sign."""
    for loss, params in coupled_losses(rng):
        true = loss.derivative(params)
        for i, name in enumerate(params):
            factor = (-1.0, 2.0, 0.5)[i]
            yield loss, params, {**true, name: factor * true[name]}, {}


def _judge(t, loss, params, grads, options):
    errors, _ = t(loss, params, grads, options)
    true = loss.derivative(params)
    for name in params:
        wanted = _relative(grads[name], true[name])
        if wanted < 1e-9:
            t.holds(
                errors[name] < _QUIET,
                {name: errors[name]},
                f"less than {_QUIET:g}",
                f"The gradient of {name} is right; only other arrays are wrong.",
            )
        else:
            t.equal(errors[name], wanted, f"The gradient of {name} is wrong, by this relative error.", _MEASURED)


@gradcheck.check(weight=2)
def says_which_array_is_wrong(t, loss, params, grads, options):
    """It measures the wrong array's error and clears the right ones"""
    _judge(t, loss, params, grads, options)


def shuffled(rng):
    """Gradients with the right numbers in the wrong places."""
    for loss, params in coupled_losses(rng):
        true = loss.derivative(params)
        name = next(iter(params))
        wrong = np.ascontiguousarray(np.flip(true[name]))
        yield loss, params, {**true, name: wrong}, {}


@gradcheck.check(cases=shuffled, needs=("says_which_array_is_wrong",))
def sees_entries_in_the_wrong_place(t, loss, params, grads, options):
    """It sees right numbers in the wrong places"""
    _judge(t, loss, params, grads, options)


@gradcheck.check(cases=shuffled, needs=("says_which_array_is_wrong",))
def restores_the_parameters(t, loss, params, grads, options):
    """Afterwards the parameters are what they were"""
    _, left = t(loss, params, grads, options)
    for name in params:
        t.equal(left[name], params[name], "A check must not move what it checks. Work on copies, or put every entry back.")


def idle_arrays(rng):
    """An array that the loss does not look at."""
    a = round(float(rng.uniform(0.5, 2)), 2)
    loss = Function(f"{a}*np.sum(p['W']**3)", f"{{'W': {3 * a:.10g}*p['W']**2, 'b': 0*p['b']}}", args="p", name="loss")
    params = {"W": draw(rng, 2, 2), "b": draw(rng, 3)}
    true = loss.derivative(params)
    yield loss, params, {**true, "W": -true["W"]}, {}


@gradcheck.check(weight=0.5, cases=idle_arrays, needs=("says_which_array_is_wrong",))
def zero_against_zero(t, loss, params, grads, options):
    """An array without influence has the error 0, not NaN"""
    error = t(loss, params, grads, options)[0]["b"]
    t.holds(error == 0, error, 0.0, "Both gradients are 0 here. 0/0 is NaN; say 0.")


def some_entries(rng):
    """A few entries of each array only."""
    for loss, params in coupled_losses(rng):
        true = loss.derivative(params)
        name = list(params)[-1]
        yield loss, params, {**true, name: -true[name]}, {"most": 2, "rng": int(rng.integers(1000))}


@gradcheck.check(cases=some_entries, needs=("says_which_array_is_wrong",), counts=True)
def tries_a_sample(t, loss, params, grads, options):
    """With most=2 it tries two random entries of each array, and a flipped sign still shows"""
    _judge(t, loss, params, grads, options)
    t.holds(
        t.evaluations <= 3 * 2 * len(params) + 1,
        f"{t.evaluations} losses",
        f"at most {6 * len(params) + 1}",
        "Two entries of each array need two losses each, and one more in the middle. Choose the entries first.",
    )


def corners(rng):
    """Some entries exactly at a corner of the loss."""
    c, d = round(float(rng.uniform(0.1, 0.5)), 2), round(float(rng.uniform(0.5, 2)), 2)
    loss = Function(
        f"np.sum(np.maximum(p['b'], 0))*{c} + np.sum(p['W']**2)*{d}*(1 + p['b'][0]**2)",
        f"{{'b': {c}*(p['b'] > 0) + np.array([2.0, 0, 0, 0])*{d}*np.sum(p['W']**2)*p['b'][0], 'W': 2*{d}*p['W']*(1 + p['b'][0]**2)}}",
        args="p",
        name="loss",
    )
    b = draw(rng, 4)
    b[1] = 0.0
    params = {"W": draw(rng, 2, 2), "b": b}
    true = loss.derivative(params)
    yield loss, params, true, {}
    yield loss, params, {**true, "W": 2 * true["W"]}, {}


@gradcheck.check(cases=corners, needs=("says_which_array_is_wrong",))
def leaves_corners_out(t, loss, params, grads, options):
    """An entry at a corner of the loss raises no false alarm"""
    t.assume(params["b"][1] == 0)
    _judge(t, loss, params, grads, options)


def _check(loss, params, grads, h=1e-5, most=None, rng=None, compare=_relative, corners=True):
    """Central differences for the mistakes below, each of which is wrong in what it makes of them."""
    errors = {}
    for name, array in params.items():
        entries = np.arange(array.size) if most is None else rng.permutation(array.size)[:most]
        slopes, smooth = [], []
        for k in entries:
            step = np.zeros(array.size)
            step[k] = h
            up, down = (loss({**params, name: array + s * step.reshape(array.shape)}) for s in (1, -1))
            slopes.append((up - down) / (2 * h))
            smooth.append(abs(up - 2 * loss(params) + down) < 0.01 * h or not corners)
        smooth = np.array(smooth)
        errors[name] = float(compare(np.ravel(grads[name])[entries][smooth], np.array(slopes)[smooth]))
    return errors


@gradcheck.mistake(
    "Every array gets the same number, the largest error of all. Keep them apart: that is how you find where the mistake is.",
    tolerance=_MEASURED,
)
def global_max_only(loss, params, grads, h=1e-5, most=None, rng=None):
    errors = _check(loss, params, grads, h, most, rng)
    return dict.fromkeys(errors, max(errors.values()))


@gradcheck.mistake(
    "This is the absolute error. A gradient of size 1000 may be off by 0.1 and be right. Divide by the larger norm.", tolerance=_MEASURED
)
def absolute_error(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, lambda a, b: np.linalg.norm(a - b))


@gradcheck.mistake(
    "You compare the sums of the entries, one direction only. Right numbers in wrong places have the same sum.", tolerance=_MEASURED
)
def ones_direction_only(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, lambda a, b: _relative(np.sum(a), np.sum(b)))


@gradcheck.mistake("The parameters are not put back: after the check they have moved.", tolerance=_MEASURED)
def does_not_restore(loss, params, grads, h=1e-5, most=None, rng=None):
    errors = _check(loss, params, grads, h, most, rng)
    for array in params.values():
        array += h
    return errors


@gradcheck.mistake("0/0 is NaN. When both gradients of an array are 0 the error is 0.", tolerance=_MEASURED)
def nan_on_zero(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, lambda a, b: _relative(a, b) if np.any(a) or np.any(b) else float("nan"))


@gradcheck.mistake(
    "At a corner the central difference is the average of two slopes, and no gradient equals it. Leave such entries out.",
    tolerance=_MEASURED,
)
def false_alarm_at_corners(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h, most, rng, corners=False)


@gradcheck.mistake(
    "You divide by the sum of the two norms, so a flipped sign gives 1. The contract divides by the larger of them.", tolerance=_MEASURED
)
def sum_of_the_norms(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(
        loss,
        params,
        grads,
        h,
        most,
        rng,
        lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)) if np.any(a) or np.any(b) else 0.0,
    )


@gradcheck.mistake("most is not used: every entry is tried, and a large network would take hours.", tolerance=_MEASURED)
def ignores_most(loss, params, grads, h=1e-5, most=None, rng=None):
    return _check(loss, params, grads, h)
