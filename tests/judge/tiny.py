"""A tiny lesson and the notebooks for it, so that the judge is tested without any real lesson."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from autograder.writing.bank import CUBIC, EXPSIN, SINE
from autograder.writing.contracts import Array, Items, Text
from autograder.writing.exercise import Exercise, Lesson, Miss

NAME = "90_tiny"
ANSWERS = {
    "difference_quotient": "def difference_quotient(f, x, h):\n    return (f(x + h) - f(x))/h\n",
    "scaled": "def scaled(v, c):\n    return c*np.asarray(v)\n",
    "tangent_line": "def tangent_line(f, df, a):\n    return lambda x: f(a) + df(a)*(x - a)\n",
    "colour": 'def colour():\n    return "b"\n',
}
IMPORTS = "import numpy as np\nfrom autograder import check\nfrom explorers import secant"
POINTS = {"difference_quotient": 4.0, "scaled": 2.0, "tangent_line": 3.0, "colour": 1.0}
TOTAL = 10.0


def lesson() -> Lesson:
    """The lesson, made anew."""
    made = Lesson(NAME, "Tiny", "Does the judge hold?")
    quotient = made.exercise("difference_quotient", 4, "the slope of a secant", returns=Array())

    @quotient.cases
    def quotients(rng):
        for f in (CUBIC, EXPSIN, SINE):
            yield f, float(rng.uniform(-1, 1)), float(rng.uniform(0.1, 0.5))

    @quotient.check()
    def is_the_secants_slope(t, f, x, h):
        """The value is the slope of the secant"""
        t.equal(t(f, x, h), (f(x + h) - f(x)) / h)

    @quotient.check(counts=True)
    def costs_two_evaluations(t, f, x, h):
        """f is evaluated twice"""
        t(f, x, h)
        t.holds(t.evaluations == 2, t.evaluations, 2)

    scaled = made.exercise("scaled", 2, "c times a vector", returns=Array(lambda v, c: v.shape), signature="v, c")

    @scaled.cases
    def vectors(rng):
        for n in (1, 3, 5):
            yield rng.normal(size=n), float(rng.normal())

    @scaled.check()
    def is_linear(t, v, c):
        """Scaling twice is scaling by the product"""
        t.equal(t(t(v, c), 2.0), 2 * c * v)

    line = made.exercise(
        "tangent_line", 3, "the tangent as a function", returns=Items(Array(), Array()), program="evaluate_result", signature="args, points"
    )

    @line.cases
    def lines(rng):
        for f in (CUBIC, SINE):
            yield (f, f.prime, float(rng.uniform(-1, 1))), [float(p) for p in rng.uniform(-2, 2, 2)]

    @line.check()
    def touches(t, args, points):
        """It is the tangent"""
        f, df, a = args
        t.equal(np.array(t(args, points)), np.array([f(a) + df(a) * (p - a) for p in points]))

    colour = made.add(Exercise("colour", 1, "one letter", returns=Text(), signature=""))
    colour.cases(lambda rng: iter([()]))

    @colour.check()
    def right_letter(t):
        """The letter is right"""
        if t() != "b":
            raise Miss(why="Another letter.")

    return made


def code(source: str, grade_id: str = "", **metadata) -> dict:
    """A code cell as a dict; with a `grade_id` it carries nbgrader's marks."""
    if grade_id:
        check = grade_id.startswith("check-")
        metadata["nbgrader"] = {
            "grade_id": grade_id,
            "grade": check,
            "locked": check,
            "solution": not check,
            "schema_version": 3,
            "task": False,
        }
        metadata["exercise"] = grade_id.removeprefix("check-")
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


def cells(answers: dict[str, str] | None = None, before: str = "", after: str = "", **changed: str) -> list[dict]:
    """The cells of a whole submission: the right answers, with some `changed`, and code before and after them."""
    answers = {**(ANSWERS if answers is None else answers), **changed}
    found = [{"cell_type": "markdown", "metadata": {}, "source": "# Tiny"}, code(IMPORTS)]
    found += [code(before)] if before else []
    for name, source in answers.items():
        found += [code(source, name), code(f"check({name})", f"check-{name}")]
    return found + ([code(after)] if after else [])


def notebook(parts: list[dict] | None = None, **extra) -> bytes:
    """An .ipynb file's bytes."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells() if parts is None else parts, **extra}).encode()


def course(root: Path) -> Path:
    """A course's root with the tiny lesson's solutions in it."""
    place = root / "solutions" / NAME
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{NAME}.ipynb").write_bytes(notebook())
    return root


def submit(root: Path, student: str, data: bytes) -> Path:
    """Hand in `data` as the student's notebook."""
    place = root / "work" / "submitted" / student / NAME
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{NAME}.ipynb").write_bytes(data)
    return place / f"{NAME}.ipynb"
