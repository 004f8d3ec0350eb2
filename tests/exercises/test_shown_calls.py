"""A panel's numbers belong to the calls that stand above them: where errors of several steps are told, each step's call is shown."""

from __future__ import annotations

import re

import numpy as np
import pytest
from reference import namespace

from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import LocalAnswer

ERRORS = re.compile(r"errors (\S+(?:, \S+)*(?: and \S+)?)$")
STEPPED = [one for one in exercises().values() if one.parameters[-1:] in (["h"], ["n"])]


@pytest.mark.parametrize("one", STEPPED, ids=lambda one: one.name)
def test_each_error_has_its_call(one):
    names = namespace(one.lesson) | one.stand_ins
    for mistake in one.mistakes:
        report = run(one, LocalAnswer(mistake.function, names))
        for finding in report.findings:
            told = ERRORS.match(finding.given)
            if told:
                calls = [line for line in finding.input.splitlines() if line.startswith(f"{one.name}(")]
                assert len(set(calls)) == len(re.split(", | and ", told[1])), (mistake.name, finding.input, finding.given)


QUOTIENTS = {
    "difference_quotient": lambda f, x, h: (f(x + h) - f(x)) / h,
    "forward_difference": lambda f, x, h: (f(x + h) - f(x)) / h,
    "backward_difference": lambda f, x, h: (f(x) - f(x - h)) / h,
    "central_difference": lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
    "second_difference": lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h**2,
}


@pytest.mark.parametrize("name", QUOTIENTS)
def test_a_step_that_does_not_shrink_is_shown_with_all_its_calls(name):
    def stuck(f, x, h=None):
        h = 1e-4 if h is None else h
        return QUOTIENTS[name](f, x, np.sign(h) * np.maximum(np.abs(h), 0.1))

    findings = run(exercises()[name], LocalAnswer(stuck)).findings
    told = next(finding for finding in findings if ERRORS.match(finding.given))
    assert sum(line.startswith(f"{name}(") for line in told.input.splitlines()) == 3, told
