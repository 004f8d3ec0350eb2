"""One entry of one array moved. Sources: MC08, MC09."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Given, Mapping, Miss, OneOf, Reals, Step

from ._lesson import Arrays, draw, lesson

_arrays = Mapping(lambda params, *_: tuple(params), lambda name, args: Array(lambda params, *_: np.shape(params[name])))

nudge = lesson.exercise(
    "nudge",
    1,
    "the parameters with one entry moved, the original untouched",
    signature="params, name, k, h",
    minutes=6,
    difficulty=2,
    returns=_arrays,
    domains={
        "params": Arrays({"W": Reals("n H", zeros=True), "b": Reals("H", zeros=True), "V": Reals("H 1 n", zeros=True), "c": Reals("1")}),
        "name": OneOf("W", "b", "V", "c"),
        "k": Given(lambda sample: (2 * sample.round + 3) % sample["params"][sample["name"]].size),
        "h": Step(),
    },
    clauses={
        "with entry k of params[name] moved by h, as a new dict": "moves_one_entry edges returns",
        "params itself stays as it is": "leaves_the_original",
        "Entries count in reading order": "moves_one_entry edges layouts",
        "Arrays may hold whole numbers; the moved array holds floats": "moves_whole_numbers edges",
    },
    hints=(
        "Copy first, then change the copy. astype(float) makes a copy, and turns whole numbers into floats.",
        "array.flat[k] is entry k in reading order, whatever the shape.",
        "{**params, name: moved} is a new dict that shares every entry but one.",
    ),
)


@nudge.cases
def parameter_cases(rng):
    for shapes in (((2, 3), (3,)), ((3, 1), (2, 2), (1,))):
        params = {f"{letter}{i}": draw(rng, *shape) for i, (letter, shape) in enumerate(zip("WbV", shapes))}
        for name, array in params.items():
            # not the first entry of a table and not the last: these are the same in whatever order one counts
            k = rng.integers(1, array.size - 1) if array.size > 3 else rng.integers(array.size)
            yield params, name, int(k), round(float(rng.uniform(0.1, 0.9)), 2)


@nudge.check(weight=2, domain=True)
def moves_one_entry(t, params, name, k, h):
    """Entry k of the named array is moved by h, and nothing else"""
    given = t(params, name, k, h)
    for key, array in params.items():
        at = (np.arange(array.size) == k).reshape(array.shape) if key == name else np.zeros(array.shape)
        t.equal(given[key], array + h * at, f"This is the array {key}. Entries count in reading order, row by row.")


@nudge.edges
def transposed(rng):
    """Arrays that lie in memory column by column are read row by row all the same; then one entry of each array, by the same step."""
    for shape in ((3, 2), (2, 4)):
        params = {"W": draw(rng, *shape[::-1]).T, "b": draw(rng, shape[1])}
        yield params, "W", int(rng.integers(1, params["W"].size - 1)), round(float(rng.uniform(0.1, 0.9)), 2)
    for name in params:  # the same entry of another array
        yield params, name, 1, 0.25


@nudge.check(needs=("moves_one_entry",))
def leaves_the_original(t, params, name, k, h):
    """The parameters it was given stay as they were"""
    t(params, name, k, h)
    if t.calls[-1].outcome.mutated:
        raise Miss("changed inputs", "the inputs as they were", "You write into the array that you were given. Copy it first.")


def whole_numbers(rng):
    """Whole numbers as parameters."""
    params = {"W": rng.integers(-5, 6, size=(2, 3)), "b": rng.integers(1, 6, size=3)}
    for name, array in params.items():
        yield params, name, int(rng.integers(array.size)), round(float(rng.uniform(0.1, 0.9)), 2)


@nudge.check(cases=whole_numbers, needs=("moves_one_entry",))
def moves_whole_numbers(t, params, name, k, h):
    """A whole number moves by h too"""
    t.equal(
        t(params, name, k, h)[name].flat[k],
        params[name].flat[k] + h,
        "The array holds whole numbers here; the moved one has to hold floats.",
    )


@nudge.mistake("You change the array that you were given, so the next step starts from the wrong place. Copy it first.")
def changes_the_original(params, name, k, h):
    if params[name].dtype.kind == "f":
        params[name].flat[k] += h
        return params
    return {**params, name: params[name] + h * (np.arange(params[name].size) == k).reshape(params[name].shape)}


@nudge.mistake("All entries of the array are moved. A partial derivative moves one.")
def moves_all_entries(params, name, k, h):
    return {**params, name: params[name] + h}


@nudge.mistake("The entry is set to h. It should move by h from where it is.")
def sets_instead_of_moves(params, name, k, h):
    moved = params[name].astype(float)
    moved.flat[k] = h
    return {**params, name: moved}


@nudge.mistake("The copy of an integer array is an integer array, and the step is cut off. Copy as float.")
def truncates(params, name, k, h):
    moved = params[name].copy()
    moved.flat[k] += np.asarray(h).astype(moved.dtype)
    return {**params, name: moved}


@nudge.mistake("Only the moved array comes back. The loss wants all parameters.")
def forgets_the_others(params, name, k, h):
    moved = params[name].astype(float)
    moved.flat[k] += h
    return {name: moved}


@nudge.mistake("k counts down the columns in your version. Entries count in reading order, row by row.")
def counts_down_the_columns(params, name, k, h):
    moved = params[name].astype(float)
    moved.T.flat[k] += h
    return {**params, name: moved}
