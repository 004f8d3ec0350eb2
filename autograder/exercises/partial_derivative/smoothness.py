"""Partial derivatives are not enough. Source: E-P31."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

partials_enough = lesson.add(
    choice(
        "partials_enough",
        0.5,
        "what two partial derivatives at a point say, and what not",
        wrong={
            "a": "Along both axes the function is 0 all the way, so both slopes exist, and they are 0.",
            "b": "Both slopes exist, but the function is not even continuous at the origin: on the diagonal it is 1/2.",
            "d": "On the diagonal the value is t·t/(2t²) = 1/2 at every t except 0, where it is 0. The quotient grows like 1/(2t).",
        },
        difficulty=3,
        hints=(
            "Put z = 0 into f, then x = 0. What are the two slices through the origin?",
            "Now walk along the diagonal x = z = t towards the origin.",
        ),
    )
)
