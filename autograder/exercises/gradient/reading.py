"""Reading the loss and its derivative: who depends on what. Sources: S0.05 to S0.08, E-P08, E-P10, E-P12, E-P14, E-P15."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

what_moves = lesson.add(
    choice(
        "what_moves",
        0.5,
        "what moves when a parameter is nudged",
        wrong={
            "a": "The targets are data: they were measured before any parameter existed.",
            "c": "The loss sees the parameter only through the predictions. If they stood still, so would the loss.",
            "d": "The features are data. A parameter multiplies them and does not change them.",
        },
        difficulty=2,
        hints=("Data stand still while you train. What is computed from the parameters?",),
    )
)

sensitivity_of_what = lesson.add(
    choice(
        "sensitivity_of_what",
        0.5,
        "what the parameter of a feature measures",
        wrong={
            "a": "This is how the source puts it. The loss also depends on how wrong the prediction is: its slope in the feature is −(2/m)(y − ŷ)θ_j for one example.",
            "b": "That slope is an entry of the gradient. It changes with the data and with all parameters; θ_j is a number of its own.",
            "d": "The other way round: the feature is given, the prediction follows.",
        },
        difficulty=2,
        hints=("Write ŷ = θ₀ + θ₁x₁ + … and take the partial derivative with respect to x₁.",),
    )
)

wrong_line_of_the_loss = lesson.add(
    choice(
        "wrong_line_of_the_loss",
        1,
        "the first wrong line in a published derivative of the loss",
        wrong={
            "a": "This is right: the derivative of a sum is the sum of the derivatives, and the factor 1/m stays.",
            "c": "This line follows from the one above it: only ŷ is written out. The slip is earlier.",
            "d": "This line follows from the one above it. The slip is earlier.",
            "e": "This line only pulls out the 2. The slip is earlier.",
        },
        options="abcde",
        difficulty=3,
        hints=(
            "Take one example with y = 0 and ŷ = θ: its loss is θ². Put that into every line.",
            "What is the derivative of y − ŷ with respect to θ_j, when y is a constant?",
        ),
    )
)
