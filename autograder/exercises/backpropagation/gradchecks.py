"""The gradient check, parameter by parameter. Sources: MC09, MC41."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Function, Items, Mapping, Tolerance, literal

from ._lesson import draw, lesson
from ._losses import coupled_losses

_MEASURED = Tolerance(1e-4, 1e-5, "a central difference at h = 1e-5 is good to 1e-9 or so, a ratio of norms hardly less")
_QUIET = 1e-4  # what a right gradient may be off by in the check, relative; a difference to one side leaves less, and has a loss of its own

gradcheck = lesson.exercise(
    "gradcheck",
    2,
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
    clauses={
        "The relative error of each array of grads": "says_which_array_is_wrong sees_entries_in_the_wrong_place zero_against_zero edges returns",
        "loss is a function of the dict params": "says_which_array_is_wrong restores_the_parameters",
        "central differences with the step h": "uses_the_step_that_is_given",
        "that many different random entries of each array are tried, drawn by rng": "tries_a_sample draws_different_entries",
        "all of an array that has no more": "draws_different_entries",
        "differ by more than 0.01 are corners": "leaves_corners_out knows_a_corner_by_its_jump",
        "no entry is left has the error nan": "says_nan_where_nothing_was_compared",
    },
    hints=(
        "For every array and every entry k: the loss with the entry moved up by h, minus the loss with it moved down, over 2h. nudge does the moving.",
        "Compare one array's slopes as a whole: the norm of the difference over the larger of the two norms. If both norms are 0 the error is 0.",
        "Three losses tell a corner: up - 2*middle + down is h times the jump in slope on it, and about h*h times the curvature elsewhere. slopes_and_jumps divides it by h.",
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


@gradcheck.edges
def one_entry_and_other_sizes(rng):
    """Arrays of one entry, gradients of very different sizes, whole numbers for gradients, all wrong at once."""
    a, c = (round(float(v), 2) for v in rng.uniform(0.5, 1.5, size=2))
    loss = Function(
        f"{a}*np.sin(p['W'][0, 0]) + 300*p['V'][0]*p['V'][1] + {c}*p['b'][0]*p['V'][2]",
        f"{{'W': {a}*np.cos(p['W']), 'V': np.array([300*p['V'][1], 300*p['V'][0], {c}*p['b'][0]]), 'b': {c}*p['V'][2:]}}",
        args="p",
        name="loss",
    )
    params = {"W": np.array([[0.4]]), "V": np.array([-0.3, 0.2, 1.5]), "b": np.array([-0.8])}
    true = loss.derivative(params)
    yield loss, params, true, {}
    yield loss, params, {**true, "b": -true["b"]}, {}
    yield loss, params, {key: (1 + 3e-5) * array for key, array in true.items()}, {}  # wrong by little, and by more than rounding
    yield loss, params, {key: np.ones(array.shape, dtype=int) for key, array in true.items()}, {}
    yield loss, params, {key: 0 * array for key, array in true.items()}, {}


@gradcheck.check(weight=2, domain=True)
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
    # so bent that the difference to one side is off by 5e-4 of the slope, and still no corner
    W = np.round(rng.uniform(0.1, 0.5, size=(1, 2)), 2)
    bent = f"np.exp(100*(p['W'] - np.array({W.tolist()})))"
    loss = Function(f"0.04*np.sum({bent}) + np.sum(p['b']**3)", f"{{'W': 4*{bent}, 'b': 3*p['b']**2}}", args="p", name="loss")
    params = {"W": W, "b": np.array([0.6, -1.1])}
    true = loss.derivative(params)
    yield loss, params, {**true, "b": true["b"][::-1].copy()}, {}


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


def exact_steps(rng):
    """Without bend at the point itself, so that no entry is a corner, and so strong a cubic that the step is off by a hundredth."""
    for h in (0.1, 0.02, 1e-6):
        W, b = draw(rng, 2, 2), draw(rng, 3)
        a, c = (round(float(v), 2) for v in rng.uniform(0.5, 1.5, size=2))
        parts = [
            f"np.sum({s}*(p['{key}'] - {literal(P)}) + {0.01 / h**2:g}*(p['{key}'] - {literal(P)})**3)"
            for key, P, s in (("W", W, a), ("b", b, -c))
        ]
        loss = Function(" + ".join(parts).replace("\n", ""), f"{{'W': np.full((2, 2), {a}), 'b': np.full(3, {-c})}}", args="p", name="loss")
        params = {"W": W, "b": b}
        yield loss, params, loss.derivative(params), {"h": h}


@gradcheck.check(weight=0.5, cases=exact_steps, needs=("says_which_array_is_wrong",))
def uses_the_step_that_is_given(t, loss, params, grads, options):
    """Its slopes are central differences with the h that is given"""
    h = options["h"]
    errors, _ = t(loss, params, grads, options)
    for name, slope in grads.items():
        shift = {**params, name: params[name] + h}, {**params, name: params[name] - h}
        wanted = _relative(slope, np.full(slope.shape, (loss(shift[0]) - loss(shift[1])) / (2 * h * slope.size)))
        why = f"The central difference with h = {h:g} is off by 0.01 in every entry of {name}."
        t.equal(errors[name], wanted, why, Tolerance(1e-4, 1e-7, "rounding of a loss of size 1, divided by h = 1e-6 at least"))


def sampled(rng):
    """A loss with the slope 1 in every entry, and a gradient whose error tells which entries were tried."""
    loss = Function("np.sum(p['W']) + np.sum(p['b'])", "{'W': np.ones((2, 2)), 'b': np.ones(2)}", args="p", name="loss")
    params = {"W": draw(rng, 2, 2), "b": draw(rng, 2)}
    yield loss, params, {"W": 1 + np.array([[0.1, 0.2], [0.4, 0.8]]), "b": 1 + np.array([0.3, 0.7])}, {}


@gradcheck.check(weight=0.5, cases=sampled, needs=("tries_a_sample",))
def draws_different_entries(t, loss, params, grads, options):
    """With most it tries different entries, each of them now and then, and all of an array that has no more"""
    off = {name: np.ravel(grads[name]) - 1 for name in grads}
    pairs = [(i, j) for i in range(off["W"].size) for j in range(i)]
    known = [_relative(np.ones(2), 1 + off["W"][list(pair)]) for pair in pairs]
    seen = set()
    for errors, _ in t.each([(loss, params, grads, {"most": 2, "rng": seed}) for seed in range(40)]):
        # no two pairs have errors that are closer than a hundredth
        found = [pair for pair, error in zip(pairs, known) if abs(error - errors["W"]) < 1e-3]
        t.holds(bool(found), {"W": errors["W"]}, "the error of two different entries", "No two different entries of W have this error.")
        seen.add(found[0])
        why = "b has two entries: with most=2 both are tried, each once."
        t.equal(errors["b"], _relative(np.ones(2), 1 + off["b"]), why, _MEASURED)
    left = sorted(set(range(off["W"].size)) - {k for pair in seen for k in pair})
    t.holds(not left, f"entries {left} of W in none of 40 draws", "every entry now and then", "Let rng draw them, from all entries.")
    apart = {i - j in (1, off["W"].size - 1) for i, j in seen}
    why = "In 40 draws the two entries were always neighbours, or never. Any two may come together."
    t.holds(len(apart) == 2, "always pairs of one kind", "any two entries", why)
    errors, _ = t(loss, params, grads, {"most": 5, "rng": 0})
    for name in off:
        wanted = _relative(np.ones(off[name].size), 1 + off[name])
        t.equal(errors[name], wanted, f"{name} has no more than 5 entries: all of them are tried, each once.", _MEASURED)
