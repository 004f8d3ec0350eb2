"""Warm-up from lessons 0 to 3: four questions that this lesson builds on."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

recall_tangent_error = lesson.add(
    choice(
        "recall_tangent_error",
        0.5,
        "how fast the tangent gets better (lesson 1)",
        wrong={
            "a": "That would be an error in proportion to h. The tangent takes that part away; what is left goes with h².",
            "c": "The error goes with h², not h³: the tangent matches the slope, but not the bend.",
            "d": "The tangent is the curve's stand-in near one point. Next to that point a small error is left.",
        },
        difficulty=2,
        hints=("Try x² at 0, whose tangent there is flat: how large is the error at h, and at h/2?",),
    )
)

recall_rounding = lesson.add(
    choice(
        "recall_rounding",
        0.5,
        "what spoils a difference with a tiny step (lesson 2)",
        wrong={
            "a": "The bend of f matters less and less as h shrinks.",
            "b": "Near 1 neighbouring floats are 2.2e-16 apart or less, so between the two points lie some hundred others.",
            "c": "More steps are not taken: it is one quotient, whatever h is.",
        },
        difficulty=2,
        hints=("Which digits of f(x + h) and f(x - h) differ when h is tiny?",),
    )
)

recall_frozen_term = lesson.add(
    choice(
        "recall_frozen_term",
        0.5,
        "a partial derivative by hand (lesson 3)",
        wrong={
            "b": "The term 3z² contains only the frozen variable. It is a constant: its slope is 0.",
            "c": "This is the slope in z. Asked for is the slope in x.",
            "d": "The frozen z is a factor of x². It stays.",
        },
        difficulty=1,
        hints=("Call z a constant c. What is the derivative of cx² + 3c²?",),
    )
)

recall_broadcast = lesson.add(
    choice(
        "recall_broadcast",
        0.5,
        "the shape of a difference of two arrays (start here)",
        wrong={
            "a": "That is what one wants. But NumPy does not know that the column is meant to lie down.",
            "b": "The column does not decide alone: the other array is a row to NumPy.",
            "d": "No error is raised, and that is the trouble: both shapes can be stretched to a common one.",
        },
        difficulty=2,
        hints=("NumPy lines shapes up from the right: (5,) becomes (1, 5). Then each axis of length 1 is stretched.",),
    )
)
