"""A warm-up from lesson 07, and a program in which one line leaks. Sources: MC23, MC43."""

from __future__ import annotations

from autograder.writing import choice

from ._lesson import lesson

recall_bias_gradient = lesson.add(
    choice(
        "recall_bias_gradient",
        1,
        "the gradient of a bias over a mini-batch",
        wrong={
            "b": "dY has its 1/m already, from the mean in the loss. A second mean would divide twice.",
            "c": "This sums over the outputs and leaves one number for each example. The bias has one number for each output.",
            "d": "One example alone: but every example used the same bias.",
        },
        difficulty=1,
        hints=("Every example adds the same b. What happens to the contributions of something that is used m times?",),
    )
)

find_the_leak = lesson.add(
    choice(
        "find_the_leak",
        1,
        "the line through which the test set leaks",
        wrong={
            "b": "A random order before the split is right: files are often sorted. Nothing of the test set is learned here.",
            "c": "Two slices that do not overlap: that is how a split should be.",
            "d": "The network sees training rows only here. But what was done to these rows before?",
        },
        difficulty=2,
        hints=("For each line ask: does a number that is computed here depend on rows that will be in the test set?",),
    )
)
