"""Three questions from earlier lessons. Sources: lessons 02, 03 and 04; MC04, MC12, MC10."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

recall_gradient_shape = lesson.add(
    choice(
        "recall_gradient_shape",
        0.5,
        "the shape of a gradient (lesson 04)",
        wrong={
            "b": "That is a matrix with one column. In this course a gradient has the shape of x itself, and x has the shape (5,).",
            "c": "That is a matrix with one row. In this course a gradient has the shape of x itself, and x has the shape (5,).",
            "d": "f(x) is one number, but there is a partial derivative for each of the five inputs.",
        },
        difficulty=1,
        minutes=1,
        hints=("How many partial derivatives are there? The gradient is the list of them, in the shape of x.",),
    )
)

recall_partial_value = lesson.add(
    choice(
        "recall_partial_value",
        0.5,
        "one partial derivative by hand (lesson 03)",
        wrong={
            "a": "This is the partial derivative with respect to x. Asked for is z: freeze x.",
            "b": "The exponent of z did not drop: the derivative of z³ is 3z², not 3z³.",
            "d": "The frozen factor 4x⁴ was lost: freezing is not dropping.",
        },
        difficulty=1,
        minutes=2,
        hints=("Freeze x: call 4x⁴ a constant c, differentiate c·z³, then put c back.",),
    )
)

recall_central_order = lesson.add(
    choice(
        "recall_central_order",
        0.5,
        "how fast a central difference gets better (lesson 02)",
        wrong={
            "a": "Halving is what a forward difference does: its error is proportional to h. A central difference does better.",
            "c": "That would be an error proportional to h³. The odd powers of h cancel in a central difference.",
            "d": "In exact arithmetic a smaller h is better. Rounding takes over only when h is far smaller than 0.1.",
        },
        difficulty=1,
        minutes=1,
        hints=("The error of a central difference is proportional to which power of h?",),
    )
)
