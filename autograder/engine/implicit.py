"""The promises that every exercise makes without writing them, and what each of them is worth."""

from __future__ import annotations

from dataclasses import replace

from ..writing.contracts import Items, Mapping
from ..writing.exercise import Check, Exercise
from . import aliasing, examples, metamorphic, sequences

# What an answer that breaks a promise loses, as a share of what it earned. Small: whoever has the mathematics right has earned most of the points.
EDGES = 0.15  # of each check that is asked the edges of the domain, too, by its part of the weights
EXAMPLES, LAYOUTS, REPEATS, ARGUMENTS, PARTS = 0.05, 0.05, 0.1, 0.05, 0.05


def promises(exercise: Exercise) -> list[Check]:
    """The checks that hold on the whole domain, asked its edges, and what holds for every function of the course."""

    def always(name: str, function, share: float, cases=_once) -> Check:
        return Check(name, function.__doc__.splitlines()[0], function, share, cases, (), implicit=True, afterwards=True)

    return [
        *at_the_edges(exercise),
        always("examples", examples.hold, EXAMPLES),
        always("layouts", metamorphic.layouts, LAYOUTS, metamorphic.dressed(exercise)),
        always("repeats", sequences.repeats, REPEATS),
        always("leaves_arguments_alone", aliasing.leaves_arguments_alone, ARGUMENTS),
        always("hands_back", metamorphic.hands_back, ARGUMENTS, metamorphic.handing_back(exercise)),
        *[always("parts_are_apart", aliasing.parts_are_apart, PARTS)] * _returns_several_arrays(exercise),
    ]


def _returns_several_arrays(exercise: Exercise) -> bool:
    """Whether two arrays of the answer's own making may come back. What a program brings back is of the program's making, and what has no
    arguments is a constant, such as a pair of inputs in which one matrix may stand twice."""
    kind = exercise.returns
    return not exercise.program and bool(exercise.signature) and isinstance(kind, (Items, Mapping))


def at_the_edges(exercise: Exercise) -> list[Check]:
    """The checks that hold on the whole domain, asked inputs from all over it. They are told beforehand like any other."""
    if not exercise.domains and exercise.make_edges is None:
        return []
    total = sum(check.weight for check in exercise.checks)
    return [
        replace(
            check,
            name=f"{check.name}_at_the_edges",
            sentence=f"{check.sentence}, for every input that it may be given",
            weight=EDGES * check.weight / total,
            cases=exercise.edge_cases,
            needs=(check.name,),
            implicit=True,
        )
        for check in exercise.checks
        if check.domain
    ]


def _once(rng):
    yield ()
