"""Programs of lesson 02: candidates made of numbers, for the tests that learners write."""

from __future__ import annotations

from . import program


@program
def try_a_test(names, recipe):
    """Call the learner's test with the candidate that `recipe` describes, and return what it says."""

    def candidate(f, x, h=None):
        if h is None:
            h = recipe["base"] * (max(1.0, abs(x)) if recipe["scaled"] else 1.0)
        h = recipe["fixed"] or h
        return sum(sum(w * f(x + o * h) for o, w in terms) / (divisor * h ** recipe["power"]) for terms, divisor in recipe["parts"])

    return names.answer(candidate)
