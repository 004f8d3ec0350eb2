r"""A label with backslashes: what destroyed the formulas of a source. Source: E-P03 (`\f` became a form feed, `\n` a new line)."""

from __future__ import annotations

import re

from autograder.writing import Text

from ._lesson import lesson

gradient_label = lesson.exercise(
    "gradient_label",
    1,
    "a formula as text, with all its backslashes",
    signature="",
    minutes=4,
    difficulty=1,
    returns=Text(),
    tolerance=None,
    clauses={"The label above": "every_backslash_survives says_what_the_label_says", "as a string": "returns"},
    hints=(
        r"In an ordinary string \n is a new line, \t a tab and \f a form feed. Print your label and look.",
        "A letter in front of the opening quote makes the string raw: backslashes then stay as they are.",
    ),
)
_COMMANDS = ["nabla", "theta", "frac", "partial", "partial", "theta"]


@gradient_label.cases
def once(rng):
    yield ()


@gradient_label.check(weight=2)
def every_backslash_survives(t):
    """Every backslash of the formula is there, once, and no control character has taken its place"""
    label = t()
    control = next((c for c in label if ord(c) < 32), None)
    t.holds(
        control is None,
        f"the control character {control!r}",
        "only printable characters",
        "Python has read a backslash and the letter after it as one control character. Mark the string as raw.",
    )
    t.holds("\\\\" not in label, "two backslashes in a row", "one backslash", "In a raw string one backslash is enough.")
    found = re.findall(r"\\([A-Za-z]+)", label)
    t.holds(
        found == _COMMANDS,
        ", ".join(found) or "no commands",
        ", ".join(_COMMANDS),
        "These are the LaTeX commands of the label, in their order.",
    )


@gradient_label.check(needs=("every_backslash_survives",))
def stands_between_dollars(t):
    """It stands between dollar signs, with both parts of the fraction in braces"""
    label = "".join(t().split())
    t.holds(
        len(label) > 2 and label[0] == label[-1] == "$",
        label[:1] + "…" + label[-1:],
        "$…$",
        "Dollar signs tell Jupyter and Matplotlib where mathematics begins and ends.",
    )
    t.holds(
        re.search(r"\\frac\{[^{}]+\}\{[^{}]+\}", label) is not None,
        "a fraction without braces",
        "braces around both of its parts",
        "The fraction takes its two parts in braces.",
    )
    t.holds(
        re.search(r"_\{?\\theta\}?L=", label) is not None,
        "something else",
        "theta below the nabla, then L =",
        "Nabla carries theta below it and acts on L.",
    )


@gradient_label.check(needs=("every_backslash_survives", "stands_between_dollars"))
def says_what_the_label_says(t):
    """Every letter stands where the label has it"""
    letters = re.sub(r"[\s{}]", "", t())
    t.holds(
        letters == r"$\nabla_\thetaL=\frac\partialL\partial\theta$",
        letters,
        r"$\nabla_\thetaL=\frac\partialL\partial\theta$",
        "Here both are written without spaces and braces, which may stand in other places.",
    )


# the mistakes spell their control characters out: that is what Python makes of a string that is not raw
@gradient_label.mistake(
    "Your string is not raw. Python took \\n for a new line, \\t for a tab and \\f for a form feed: exactly what destroyed the formulas of one of our sources."
)
def not_raw():
    return "$\nabla_\theta L = \frac{\\partial L}{\\partial \theta}$"


@gradient_label.mistake("You doubled the backslashes and made the string raw as well. One of the two is enough.")
def raw_and_doubled():
    return r"$\\nabla_\\theta L = \\frac{\\partial L}{\\partial \\theta}$"


@gradient_label.mistake("The dollar signs are missing. They tell Jupyter that this is mathematics.")
def no_dollars():
    return "\\" + r"nabla_\theta L = \frac{\partial L}{\partial \theta}"


@gradient_label.mistake("These are slashes. LaTeX commands begin with a backslash.")
def slashes():
    return "$/nabla_/theta L = /frac{/partial L}{/partial /theta}$"


@gradient_label.mistake("These are the finished symbols. Asked for is the LaTeX text that makes them.")
def symbols():
    return "$∇_θ L = ∂L/∂θ$"
