"""Questions from earlier lessons, and on what a shape is. Sources: lessons 04 and 05; E-P04, E-P22, E-P23, E-P25."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

recall_backward_passes = lesson.add(
    choice(
        "recall_backward_passes",
        0.5,
        "how many backward passes a Jacobian takes (lesson 05)",
        wrong={
            "b": "500 is the number of forward passes: one for each input, each giving a column. Backward each pass gives a row.",
            "c": "1000 is the number of entries. One backward pass gives a whole row of 500 at once.",
            "d": "One backward pass gives one row. That is enough for a loss, which has one output; here are two.",
        },
        difficulty=1,
        minutes=1,
        hints=("A backward pass gives one row of J. How many rows has it?",),
    )
)

recall_gradient_of_a_matrix = lesson.add(
    choice(
        "recall_gradient_of_a_matrix",
        0.5,
        "the shape of a gradient with respect to a matrix (lesson 04)",
        wrong={
            "a": "The right number of entries, but as a list. The update W - eta * gradient needs them in the shape of W.",
            "b": "That is the transpose. The gradient has the shape of what you differentiate by, so that it can be subtracted from it.",
            "d": "The loss is one number; it has a partial derivative for each of the twelve entries of W.",
        },
        difficulty=1,
        minutes=1,
        hints=("Gradient descent subtracts a multiple of the gradient from W.",),
    )
)

true_of_a_tensor = lesson.add(
    choice(
        "true_of_a_tensor",
        0.5,
        "the one true statement about a tensor's dimensions",
        wrong={
            "a": "The source writes |x| for both, and they are two numbers: a vector with three components has the size 3 and the ndim 1.",
            "b": "The product of the lengths is the size. The shape is the tuple of the lengths themselves: (2, 3) and (3, 2) differ.",
            "d": "The indices become tuples of whole numbers, one number for each axis. What they point at is still a single number.",
        },
        difficulty=2,
        minutes=3,
        hints=("Try each statement on np.zeros((2, 3)): print its ndim, size and shape.",),
    )
)
