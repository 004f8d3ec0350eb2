"""Programs of lesson 08 that drive forward mode: they build the learner's dual numbers and bring back plain ones."""

from __future__ import annotations

import numpy as np

from . import WrongKind, program


def _dual(names, out, *given):
    if not isinstance(out, names.Dual):
        raise WrongKind("The result should be a Dual.")
    return out.data, out.slope, [number for dual in given for number in (dual.data, dual.slope)]


@program(promise="returns a Dual")
def dual_node(names, pairs, kinds):
    """The answer makes a Dual of Duals (v) and plain numbers (n), s is the first once more: its data, its slope, what it was given."""
    return dual_node_together(names, [(pairs, kinds)])[0]


@program
def dual_node_together(names, calls):
    """Several such Duals, all made before the first is looked at."""
    made = []
    for pairs, kinds in calls:
        duals = [names.Dual(*pair) for pair in pairs]
        given = [{"v": dual, "n": pair[0], "s": duals[0]}[kind] for dual, pair, kind in zip(duals, pairs, kinds)]
        made.append((names.answer(*given), *(dual for dual, kind in zip(duals, kinds) if kind == "v")))
    return [_dual(names, *one) for one in made]


@program(promise="returns a Dual")
def dual_function(names, pair, f, fprime):
    """The answer applies a function to a Dual: data and slope of the result, and of what it was given."""
    return dual_function_together(names, [(pair, f, fprime)])[0]


@program
def dual_function_together(names, calls):
    """Several such Duals, all made before the first is looked at."""
    given = [names.Dual(*pair) for pair, _, _ in calls]
    made = [names.answer(dual, f, fprime) for dual, (_, f, fprime) in zip(given, calls)]
    return [_dual(names, out, dual) for out, dual in zip(made, given)]


@program(promise="returns one slope for each output")
def dual_run(names, x, v, values, J):
    """The answer pushes x and v through a function whose Jacobian at x is J: the result, the places it was called at."""
    calls = []

    def f(inputs):
        calls.append([inputs[k].data for k in range(len(inputs))])
        slopes = [sum(J[i, k] * one.slope for k, one in enumerate(inputs)) for i in range(len(values))]
        return [names.Dual(value, slope) if np.any(row) else value for value, slope, row in zip(values.tolist(), slopes, J)]

    return names.answer(f, x, v), calls
