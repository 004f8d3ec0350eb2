"""An answer planted into each place of an archive, in each style that tests/answers/ knows: it is found, and no known mistake is taken for one."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from autograder.course.handout import Archive, answers_in, archives
from autograder.exercises import lesson, lessons
from autograder.files.course import Course

pytestmark = pytest.mark.slow
FIRST = "01_derivative"
# our own answer to secant_line, and one of each style in tests/answers/
OWN = "slope = (f(x + h) - f(x)) / h\nreturn slope, f(x) - slope * x\n"
STYLES = {
    "our own, reformatted": (
        "secant_line",
        "def line(g, at, step):\n    s = ( g(at+step)-g(at) )/step  # slope\n    return (s, g(at) - s*at)\n",
    ),
    "a function in a function": ("tangent_line", "def hidden(g, d, a):\n    k = d(a)\n    return lambda s: k * s + (g(a) - k * a)\n"),
    "a lambda": ("powers_derivative", "P = lambda a, m: [0 if j == 0 else j * math.pow(a, j - 1) for j in range(m + 1)]\n"),
    "one long expression": ("quotient_cubic", "q = lambda a, b: 2 * ((a + b) ** 2 + (a + b) * a + a**2)\n"),
}
DEFINED = STYLES["our own, reformatted"][1]


@pytest.fixture(scope="module")
def whole() -> Archive:
    return archives(Course.at(), lessons())[0]


def told(archive: Archive) -> list[str]:
    return list(answers_in([archive], Course.at(), {FIRST: lesson(FIRST)}))


def with_file(archive: Archive, name: str, data: bytes) -> Archive:
    """The archive with another content of one of its files, or of one in the wheel: ``wheel:NAME``."""
    wheel = next(name for name in archive.files if name.endswith(".whl"))
    if name.startswith("wheel:"):
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(archive.files[wheel])) as old, zipfile.ZipFile(made, "w") as new:
            for other in old.namelist():
                if other != name[6:]:
                    new.writestr(other, old.read(other))
            new.writestr(name[6:], data)
        name, data = wheel, made.getvalue()
    return Archive(archive.name, {**archive.files, name: data})


def cell(kind: str, source: str, **more) -> bytes:
    empty = {"outputs": [], "execution_count": None} if kind == "code" else {}
    one = {"cell_type": kind, "id": "a", "metadata": {}, "source": source.splitlines(True), **empty, **more}
    return json.dumps({"cells": [one], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def shown(text: str) -> list[dict]:
    return [{"output_type": "stream", "name": "stdout", "text": text.splitlines(True)}]


NOTEBOOK = f"notebooks/{FIRST}/{FIRST}.ipynb"
PLACES = {
    "a code cell": (NOTEBOOK, cell("code", DEFINED)),
    "a comment in a code cell": (NOTEBOOK, cell("code", "x = 1\n" + "".join(f"# {line}\n" for line in DEFINED.splitlines()))),
    "a text cell": (NOTEBOOK, cell("markdown", f"So:\n\n```python\n{DEFINED}```\n")),
    "an indented block of a text cell": (NOTEBOOK, cell("markdown", "So:\n\n" + "".join(f"    {line}\n" for line in DEFINED.splitlines()))),
    "an output": (NOTEBOOK, cell("code", "1", outputs=shown(DEFINED))),
    "a cell's metadata": (NOTEBOOK, cell("code", "1", metadata={"note": DEFINED})),
    "a cell that is hidden": (NOTEBOOK, cell("code", OWN, metadata={"jupyter": {"source_hidden": True}})),
    "a page beside a notebook": ("notebooks/00_start_here/notation.md", f"# Notation\n\n```\n{OWN}```\n".encode()),
    "a picture's words": ("notebooks/01_derivative/curve.svg", f"<svg><!--\n{OWN}--></svg>".encode()),
    "the README": ("README.txt", f"Cheat:\n\n{OWN}".encode()),
    "the starter": ("start.py", f'"""Starts."""\n\n{DEFINED}'.encode()),
    "the licence": ("LICENSE.txt", f"MIT\n\n{OWN}".encode()),
    "a data set": ("data/penguins.csv", f'species,island\n"{OWN}",1\n'.encode()),
    "a compressed data set": ("data/digits.csv.gz", gzip.compress(OWN.encode())),
    "a module": ("wheel:explorers/gallery/secant.py", DEFINED.encode()),
    "a comment of a module": ("wheel:explorers/gallery/secant.py", "".join(f"    # {line}\n" for line in DEFINED.splitlines()).encode()),
    "a text in a module": ("wheel:autograder/engine/show.py", f"TEXT = {DEFINED!r}\n".encode()),
    "a hint": ("wheel:autograder/exercises/derivative/lines.py", f"hints = ['Write this:', {OWN!r}]\n".encode()),
    "docstrings.json": ("wheel:autograder/exercises/docstrings.json", json.dumps({"secant_line": DEFINED}).encode()),
    "lessons.toml": ("wheel:autograder/exercises/lessons.toml", f"text = '''\n{OWN}'''\n".encode()),
    "a script of a page": ("wheel:explorers/widgets/explorer.js", "".join(f"// {line}\n" for line in DEFINED.splitlines()).encode()),
    "a notebook in the wheel": (f"wheel:autograder/handout/{NOTEBOOK}", cell("code", DEFINED)),
    "the wheel's own description": ("wheel:from_h_to_eta-0.dist-info/METADATA", f"Name: x\n\n{OWN}".encode()),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_is_found_in_every_place(whole, place):
    name, data = PLACES[place]
    found = told(with_file(whole, name, data))
    assert len(found) == 1 and found[0].startswith(f"the answer to secant_line can be read in {whole.name}/")
    assert found[0].endswith(f"{name.removeprefix('wheel:')}; take it out")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["wheel:autograder/learner/planted.py", "README.txt", "notebooks/01_derivative/notes.md"])
def test_an_answer_is_found_in_every_style(whole, style, name):
    exercise, text = STYLES[style]
    text = text if name.endswith(".py") else f"As follows:\n\n```python\n{text}```\n"
    assert [line.split(" can be read")[0] for line in told(with_file(whole, name, text.encode()))] == [f"the answer to {exercise}"]


def test_a_solutions_notebook_in_place_of_the_released_one_is_told(whole):
    data = Course.at().source(FIRST).read_bytes()
    found = told(with_file(whole, NOTEBOOK, data))
    assert f"{whole.name}/{NOTEBOOK} holds solution markers; run  make build" in found
    assert {name for name in lesson(FIRST).exercises} >= {line.split()[3] for line in found[1:]} > set()


def test_nothing_is_found_without_a_plant(whole):
    assert told(whole) == []
