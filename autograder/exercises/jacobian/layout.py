"""Rows or columns: what the source says about the layout. Sources: S0.13, E-P18, E-P19."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

wrong_line_of_the_layout = lesson.add(
    choice(
        "wrong_line_of_the_layout",
        0.5,
        "find the line that contradicts the others",
        options="abcde",
        wrong={
            "a": "Two outputs and two inputs make four partial derivatives. This line holds.",
            "b": "This is the definition that the example follows: outputs choose the row, inputs the column. It holds.",
            "d": "The partial derivatives of x₁ + x₂ are 1 and 1. This line holds.",
            "e": "The partial derivatives of x₁x₂ are x₂ and x₁. This line holds.",
        },
        difficulty=2,
        minutes=4,
        hints=(
            "Four of the five lines describe the same matrix. Test the wordy one on a map from two inputs to three outputs.",
            "A list of length |x| whose items have length |y|: what is its shape as an array?",
        ),
    )
)

component_or_power = lesson.add(
    choice(
        "component_or_power",
        0.5,
        "which entry of the code a symbol with an index means",
        wrong={
            "a": "On paper components count from 1. Index 1 in the code is the second one.",
            "b": "The superscript in brackets counts components; it is no power of x.",
            "d": "The powers of this vector start at 0, its components start at 1. So the first component is not x to the power 1.",
        },
        difficulty=2,
        minutes=2,
        hints=("Write the three components under each other and number them as the source does, from 1.",),
    )
)
