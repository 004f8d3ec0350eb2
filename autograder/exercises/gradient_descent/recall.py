"""Warm-up from lessons 08 and 07, and notes on the update with one wrong line. Sources: S1.07, E-W02, E-W05, E-W07."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

recall_accumulation = lesson.add(
    choice(
        "recall_accumulation",
        1,
        "what calling backward twice does",
        wrong={
            "a": "The gradients of the leaves are added to, not replaced, until zero_grad is called.",
            "c": "Nothing resets the leaves by itself. That is what zero_grad is for.",
            "d": "The engine of lesson 8 raises no error, and that is the danger: the numbers look fine and are not.",
        },
        difficulty=1,
        hints=("What does backward do with the gradient that a leaf already has?",),
    )
)

recall_two_parts = lesson.add(
    choice(
        "recall_two_parts",
        1,
        "backpropagation and gradient descent told apart",
        wrong={
            "a": "This is the update, so it is gradient descent. Backpropagation changes no parameter.",
            "b": "Any gradient will do: a formula on paper, differences, the complex step. You try four of them in this lesson.",
            "c": "They do different work: one computes a gradient, the other takes a step with it.",
        },
        difficulty=1,
        hints=("Which of the two could you run on a gradient that somebody worked out on paper?",),
    )
)

wrong_note = lesson.add(
    choice(
        "wrong_note",
        1,
        "the wrong line in four notes on the update",
        wrong={
            "a": "This line is right: a gradient has the shape of what it is taken by, so the subtraction works.",
            "b": "This line is right: the whole gradient is computed at the old point, and then every component moves at once.",
            "d": "This line is right: with a gradient of zero the step is zero, on a saddle just as in a valley.",
        },
        difficulty=2,
        hints=("Test each line with one number: f(θ) = θ², θ = 1, and η = 0.4, then 0.8, then 1.6.",),
    )
)
