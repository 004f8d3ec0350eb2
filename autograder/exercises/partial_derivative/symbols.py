"""Which symbol, and what it holds fixed. Sources: E-P01, E-W21, E-P08."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

which_symbol = lesson.add(
    choice(
        "which_symbol",
        0.5,
        "the symbol for the slope of f(x, z) in x",
        wrong={
            "a": "The Greek letter δ is taken: it stands for a small change, and with two indices for the Kronecker delta. The derivative has a round d of its own.",
            "b": "The straight d belongs to functions of one variable. With two it would have to say what z does while x moves.",
            "d": "∇f collects the slopes in all variables. Asked for is one of them.",
        },
        difficulty=1,
        hints=("Three of the four have another meaning. Read the paragraph on symbols once more.",),
    )
)

held_fixed = lesson.add(
    choice(
        "held_fixed",
        0.5,
        "a partial derivative of the loss, taken literally",
        wrong={
            "a": "This lets the predictions move with the parameter. Written as an argument of its own, the prediction is held still.",
            "c": "That is the slope in one prediction. Which argument moves, and does the formula on the right contain it?",
            "d": "It is well defined: three arguments are held still and the value does not change. What is its slope then?",
        },
        difficulty=3,
        hints=(
            "All arguments other than the one below the ∂ stand still. List them.",
            "With y and the predictions standing still, which letter on the right-hand side still moves?",
        ),
    )
)
