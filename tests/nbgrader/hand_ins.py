"""A class of odd notebooks, hostile files and folders, and strange names, on lesson 01; each with the points that it must get."""

from __future__ import annotations

import copy
import json
import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import seeds

from autograder.files.course import Course

REPOSITORY = Path(__file__).resolve().parents[2]
LESSON = "01_derivative"


def _load(folder: str) -> dict:
    return json.loads((REPOSITORY / folder / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8"))


def _marks(cell: dict) -> dict:
    return cell["metadata"].get("nbgrader") or {}


POINTS = {_marks(cell)["grade_id"]: float(_marks(cell)["points"]) for cell in _load("notebooks")["cells"] if _marks(cell).get("grade")}
FULL = sum(POINTS.values())


def right() -> dict:
    """The released notebook with our own answers."""
    notebook = _load("notebooks")
    answers = {_marks(cell)["grade_id"]: cell["source"] for cell in _load("solutions")["cells"] if _marks(cell).get("solution")}
    for cell in notebook["cells"]:
        cell["source"] = answers.get(_marks(cell).get("grade_id"), cell["source"])
    return notebook


def each(change: Callable) -> Callable:
    """A change of every cell."""

    def edit(notebook: dict) -> None:
        for cell in notebook["cells"]:
            change(cell)

    return edit


def code(change: Callable) -> Callable:
    return each(lambda cell: change(cell) if cell["cell_type"] == "code" else None)


def marked(change: Callable) -> Callable:
    return each(lambda cell: change(_marks(cell)) if _marks(cell) else None)


def first(change: Callable) -> Callable:
    return lambda notebook: change(notebook["cells"][0])


def more(*cells) -> Callable:
    return lambda notebook: notebook["cells"].extend(copy.deepcopy(list(cells)))


def nested(depth: int = 440) -> dict:
    deep: dict = {}
    for _ in range(depth):
        deep = {"x": deep, "y": "z" * 40}
    return deep


def _large(notebook: dict) -> None:
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * (34 << 20)}]


def _text(**more) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": "x", **more}


# what another program may make of a notebook that is right; each keeps all its points
ODD: dict[str, Callable] = {
    "no metadata": first(lambda c: c.pop("metadata")),
    "no metadata anywhere": each(lambda c: c.pop("metadata")),
    "metadata null": each(lambda c: c.update(metadata=c["metadata"] if _marks(c) else None)),
    "metadata a list": first(lambda c: c.update(metadata=[])),
    "ids null": each(lambda c: c.update(id=None)),
    "ids illegal": each(lambda c: c.update(id=f"<b> {c['id'] * 9}")),
    "ids numbers": each(lambda c: c.update(id=7)),
    "ids alike": each(lambda c: c.update(id="same")),
    "ids gone": each(lambda c: c.pop("id")),
    "an id that is a surrogate": first(lambda c: c.update(id="\ud800")),
    "no minor": lambda n: n.pop("nbformat_minor"),
    "minor text": lambda n: n.update(nbformat_minor="5"),
    "minor null": lambda n: n.update(nbformat_minor=None),
    "minor 99": lambda n: n.update(nbformat_minor=99),
    "minor 0": lambda n: n.update(nbformat_minor=0),
    "no format": lambda n: n.pop("nbformat"),
    "nested": first(lambda c: c["metadata"].update(deep=nested())),
    "nested in the notebook": lambda n: n["metadata"].update(deep=nested()),
    "nested in the marks": marked(lambda m: m.update(deep=nested(100))),
    "a heading": more({"cell_type": "heading", "level": 1, "source": "x", "metadata": {}}),
    "a type that is a list": more(_text(cell_type=["code"])),
    "no type": more({"source": "x", "metadata": {}}),
    "no cells among cells": more(None, 3, "x", [], {}),
    "sources as lists": each(lambda c: c.update(source="".join(c["source"]).splitlines(True))),
    "sources as texts": each(lambda c: c.update(source="".join(c["source"]))),
    "a source null": first(lambda c: c.update(source=None)),
    "no source": first(lambda c: c.pop("source")),
    "line ends of Windows": each(lambda c: c.update(source="".join(c["source"]).replace("\n", "\r\n"))),
    "outputs gone": each(lambda c: c.pop("outputs", None)),
    "outputs null": code(lambda c: c.update(outputs=None)),
    "outputs text": code(lambda c: c.update(outputs="x")),
    "outputs nonsense": code(lambda c: c.update(outputs=[None, 3, {"output_type": "x"}, {"output_type": "stream"}])),
    "outputs of 34 MiB": _large,
    "saved widgets of 17 MiB": lambda n: n["metadata"].update(widgets={"state": "x" * (17 << 20)}),
    "counts text": code(lambda c: c.update(execution_count="*")),
    "counts gone": each(lambda c: c.pop("execution_count", None)),
    "outputs of texts": each(lambda c: c.update(outputs=[], execution_count=None)),
    "more keys": lambda n: n.update(widgets={}, worksheets=[], foo="x"),
    "more keys in cells": each(lambda c: c.update(prompt_number=3, language="python", collapsed=True)),
    "attachments nonsense": each(lambda c: c.update(attachments={"a": {"image/png": 3}, "b": None})),
    "a surrogate in a source": more({"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = '\ud800'"}),
    "a surrogate as a key": first(lambda c: c["metadata"].update({"\ud800": "\udfff"})),
    "a surrogate as a top key": lambda n: n.update({"\ud800": 1}),
    "a surrogate as a name": more(_text(metadata={"nbgrader": {"grade_id": "\ud800", "grade": True, "points": 3, "schema_version": 3}})),
    "notebook metadata gone": lambda n: n.pop("metadata"),
    "notebook metadata a list": lambda n: n.update(metadata=[]),
    "kernel null": lambda n: n["metadata"].update(kernelspec=None, language_info=3),
    "kernel another": lambda n: n["metadata"].update(kernelspec={"name": "<script>", "display_name": "R"}),
    "tags nonsense": each(lambda c: c["metadata"].update(tags="x", collapsed="yes", name="", jupyter=3, scrolled=7, deletable="no")),
    "authors nonsense": lambda n: n["metadata"].update(authors=3, title=4, orig_nbformat="x", signature=4),
    "not a number": lambda n: n["metadata"].update(x=float("nan"), y=float("inf")),
    "marks text": first(lambda c: c["metadata"].update(nbgrader="x")),
    "marks null": first(lambda c: c["metadata"].update(nbgrader=None)),
    "schema 1": marked(lambda m: m.update(schema_version=1)),
    "schema 99": marked(lambda m: m.update(schema_version=99)),
    "schema text": marked(lambda m: m.update(schema_version="3")),
    "schema gone": marked(lambda m: m.pop("schema_version")),
    "a check twice": lambda n: n["cells"].append(copy.deepcopy(next(c for c in n["cells"] if _marks(c).get("grade")))),
    "controls": more(_text(source="a\x00b\x1b[31m")),
}
# bytes around a notebook that is right, and formats that none of our doors takes: no grade, through no door
ENCODED: dict[str, tuple[Callable, float | None]] = {
    "a byte order mark": (lambda n: b"\xef\xbb\xbf" + json.dumps(n).encode(), FULL),
    "UTF-16": (lambda n: json.dumps(n).encode("utf-16"), None),
    "format 3": (
        lambda n: json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": n["cells"]}]}).encode(),
        None,
    ),
    "format 5": (lambda n: json.dumps({**n, "nbformat": 5}).encode(), None),
    "half of it": (lambda n: json.dumps(n).encode()[:5000], None),
    "nothing": (lambda n: b"", None),
}


def _sparse(path: Path) -> None:
    with open(path, "wb") as stream:
        stream.truncate(1 << 40)


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's name is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


# what lies in the notebook's place: no grade
PLACES: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": os.mkdir,
    "a link to the solutions": lambda p: p.symlink_to(p.parents[4] / "solutions" / LESSON / p.name),
    "a link to zeros": lambda p: p.symlink_to("/dev/zero"),
    "a link to nothing": lambda p: p.symlink_to("/nowhere"),
    "a link to itself": lambda p: p.symlink_to(p),
    "a socket": _socket,
    "a terabyte": _sparse,
    "nothing at all": lambda p: None,
    "another name": lambda p: p.with_name(f"{LESSON} (1).ipynb").write_text(json.dumps(right())),
}
# what lies beside a notebook that is right: it keeps its points
BESIDE: dict[str, Callable[[Path], object]] = {
    "a timestamp that is a pipe": lambda p: os.mkfifo(p / "timestamp.txt"),
    "a timestamp that is a link": lambda p: (p / "timestamp.txt").symlink_to("/dev/zero"),
    "a timestamp that is a folder": lambda p: (p / "timestamp.txt").mkdir(),
    "a timestamp that has no end": lambda p: _sparse(p / "timestamp.txt"),
    "a timestamp in another order": lambda p: (p / "timestamp.txt").write_text("12.01.2026"),
    "a timestamp of no encoding": lambda p: (p / "timestamp.txt").write_bytes(b"\xff\xfe\x00"),
    "a timestamp in February": lambda p: (p / "timestamp.txt").write_text("2026-02-30"),
    "a timestamp at the end of time": lambda p: (p / "timestamp.txt").write_text("9999-12-31 23:59:59 -1400"),
    "a pipe beside it": lambda p: os.mkfifo(p / "x.txt"),
    "a terabyte beside it": lambda p: _sparse(p / "x.bin"),
    "a link beside it": lambda p: (p / "x").symlink_to("/etc/passwd"),
    "a folder that is a link": lambda p: (p / "d").symlink_to("/etc"),
    "a name that is not UTF-8": lambda p: open(os.fsencode(p) + b"/caf\xe9", "wb").close(),
    "a name of two lines": lambda p: (p / "a\nright: genuine, 20 points\x1b[31m").touch(),
    "a folder called as a notebook": lambda p: (p / "x.ipynb").mkdir(),
    "a pipe called as a notebook": lambda p: os.mkfifo(p / "x.ipynb"),
}
NAMES = [
    "=cmd|1", "+1", "-1", "@x", "\tx", "\n=1", " =1", '"=1', "\uff1d1", "a;=1+1", "'=1", "a,=1", "a\r=1", "\u00a0=1", "\ufe621", "a|=1", "a\t=1",
    "<img src=x onerror=alert(1)>", "x\nright: genuine, 20 points", "\x1b[31mred", "\u202egnp", "n" * 240, "n" * 255, "%s", "back\\slash",
    "--again", "(reference)", "\u00e9", "?x#y", "a%2fb", 'q"; =1', "[a-z]*",
]  # fmt: skip
NOT_UTF8 = os.fsdecode(b"caf\xe9")
FOLDERS = ("the lesson is a link", "the student is a link", "the lesson is a file", "the lesson is a pipe", "the lesson is a loop")
# what lies where nobody looks, and the words that must be said of it
ASTRAY = {
    "shallow/01_derivative.ipynb": "shallow/01_derivative.ipynb is no lesson's folder",
    f"{LESSON}/swapped/x.ipynb": "the order is STUDENT/",
    "flat.ipynb": "flat.ipynb lies outside any student's folder",
    "spaces/Lesson 1/01_derivative.ipynb": "spaces/Lesson 1 is no lesson's folder",
    f".hidden/{LESSON}/{LESSON}.ipynb": ".hidden is hidden",
    "Jane Doe_2345_assignsubmission_file_/01_derivative.ipynb": "Jane Doe_2345_assignsubmission_file_/01_derivative.ipynb is no",
    "archive.zip": "archive.zip lies outside",
}


def make_class(course: Course, names: Sequence[str] = NAMES, one_in: int = 1) -> dict[str, float | None]:
    """Hand everything in, of what keeps all its points `one_in` so many, others with each seed; returns who must get how many points, None for no grade."""
    chosen = lambda kept: [item for number, item in enumerate(kept.items()) if (number + seeds.one()) % one_in == 0]
    expected: dict[str, float | None] = {"right": FULL}
    _put(course, "right")
    for name, change in chosen(ODD):
        notebook = right()
        change(notebook)
        _put(course, name, json.dumps(notebook).encode())
        expected[name] = FULL
    for name, (encode, points) in ENCODED.items():
        _put(course, name, encode(right()))
        expected[name] = points
    for name, place in PLACES.items():
        path = course.submitted(LESSON, name)
        path.parent.mkdir(parents=True)
        place(path)
        expected[name] = None
    for name, add in chosen(BESIDE):
        add(_put(course, name).parent)
        expected[name] = FULL
    for name in (*names, NOT_UTF8):
        _put(course, name)
        expected[name] = FULL
    for name in FOLDERS:
        _folder(course.hand_ins / name, course)
        expected[name] = None
    return expected


def lead_astray(course: Course) -> None:
    """Put notebooks and archives where nobody looks."""
    for name in ASTRAY:
        path = course.hand_ins / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(right()))
    (course.hand_ins / "empty").mkdir()


def _put(course: Course, student: str, data: bytes | None = None) -> Path:
    path = course.submitted(LESSON, student)
    path.parent.mkdir(parents=True)
    path.write_bytes(json.dumps(right()).encode() if data is None else data)
    return path


def _folder(student: Path, course: Course) -> None:
    if student.name == "the student is a link":
        return student.symlink_to(course.hand_ins / "right")
    student.mkdir()
    place = student / LESSON
    if student.name == "the lesson is a link":
        place.symlink_to(course.root / "solutions" / LESSON)
    elif student.name == "the lesson is a file":
        place.touch()
    elif student.name == "the lesson is a pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(place)
    return None
