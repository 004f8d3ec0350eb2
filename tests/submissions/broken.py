"""Honest and wrong submissions, and files that are no notebooks or strange ones; nobody else may suffer from them."""

from __future__ import annotations

import copy
import json
import os

from judge import tiny

from .case import BOGUS, Case

CHECK_OF_QUOTIENT = "check-difference_quotient"
_STUBS = {name: f"def {name}(*args):\n    raise NotImplementedError" for name in tiny.ANSWERS}


def _edit(change) -> bytes:
    """The honest notebook's cells, changed by ``change(cells)`` in place or by its result."""
    cells = copy.deepcopy(tiny.cells())
    return tiny.notebook(change(cells) or cells)


def _at(cells: list[dict], grade_id: str) -> int:
    return next(i for i, cell in enumerate(cells) if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def _without(*grade_ids: str) -> bytes:
    return _edit(lambda cells: [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") not in grade_ids])


def _set(grade_id: str, key: str, value) -> bytes:
    def change(cells):
        cells[_at(cells, grade_id)][key] = value

    return _edit(change)


def _mark(value) -> bytes:
    return _set(CHECK_OF_QUOTIENT, "metadata", {"nbgrader": value})


def _early(cells):
    cells.insert(1, cells.pop(_at(cells, CHECK_OF_QUOTIENT)))


def _twice(cells):
    cells.insert(1, copy.deepcopy(cells[_at(cells, CHECK_OF_QUOTIENT)]))


def _thrice_redefined(cells):
    place = _at(cells, CHECK_OF_QUOTIENT)
    cells[place + 1 : place + 1] = [tiny.code(BOGUS["difference_quotient"])]


def _folder_is_link(path):
    """The folder that should hold the notebook leads to the solutions."""
    path.parent.rmdir()
    path.parent.symlink_to(path.parents[4] / "solutions" / tiny.NAME)


def _surrogate(cells):
    cells.append(tiny.code("text = '\\ud800'"))
    cells.append({"cell_type": "markdown", "id": "s", "metadata": {"\ud800": "\udfff"}, "source": "a \ud800 b"})


def _deep(cells):
    deep: dict = {}
    for _ in range(440):
        deep = {"x": deep, "y": "z" * 40}
    cells[0]["metadata"]["deep"] = deep


def _lost_metadata(cells):
    for cell in cells:
        cell["id"] = None
    del cells[_at(cells, "scaled")]["metadata"]  # its check still stands, and finds the function


_surrogates, _nested = _edit(_surrogate), _edit(_deep)
_bare = json.dumps({"cells": json.loads(_edit(_lost_metadata))["cells"]}).encode()

HONEST = [
    Case("honest", "honest", tiny.notebook(), 10.0),
    Case(
        "honest with stories",
        "honest",
        tiny.notebook(
            tiny.cells(before="%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);\nplt.show()\nsecant(np.sin).view()")
        ),
        10.0,
    ),
    Case(
        "honest with files",
        "honest",
        tiny.notebook(tiny.cells(before="np.save('a.npy', np.ones(3)); assert np.load('a.npy').sum() == 3\nimport os; os.remove('a.npy')")),
        10.0,
    ),
    Case(
        "honest with a thread and an await",
        "honest",
        tiny.notebook(
            tiny.cells(before="import asyncio, threading\nawait asyncio.sleep(0)\nt = threading.Thread(target=int); t.start(); t.join()")
        ),
        10.0,
    ),
    Case(
        "honest with helpers",
        "honest",
        tiny.notebook(
            tiny.cells(
                before="def slope(a, b, h): return (a - b)/h",
                difference_quotient="def difference_quotient(f, x, h): return slope(f(x + h), f(x), h)",
            )
        ),
        10.0,
    ),
    Case("honest with errors in free cells", "honest", tiny.notebook(tiny.cells(before="1/0", after="undefined")), 10.0),
    Case(
        "honest with warnings",
        "honest",
        tiny.notebook(tiny.cells(scaled="def scaled(v, c):\n    np.log(-1.0)\n    print('x')\n    return c*v")),
        10.0,
    ),
    Case("honest with metadata lost", "honest", tiny.notebook([{**c, "metadata": {}} for c in tiny.cells()]), 10.0),
    Case("honest lines as a list", "honest", tiny.notebook([{**c, "source": c["source"].splitlines(True)} for c in tiny.cells()]), 10.0),
    Case("honest with a byte order mark", "honest", b"\xef\xbb\xbf" + tiny.notebook(), 10.0),
]

WRONG = [
    Case("everything wrong", "wrong", tiny.notebook(tiny.cells(BOGUS)), 0.0),
    Case("untouched", "wrong", tiny.notebook(tiny.cells(_STUBS)), 0.0, dict.fromkeys(tiny.ANSWERS, "not attempted")),
    Case(
        "twice the evaluations",
        "wrong",
        tiny.notebook(tiny.cells(difference_quotient="def difference_quotient(f, x, h):\n    f(x)\n    return (f(x + h) - f(x))/h")),
        8.0,
    ),
    Case("a typo in the name", "wrong", tiny.notebook(tiny.cells(scaled="def scale(v, c):\n    return c*v")), 8.0, {"scaled": "missing"}),
    Case("redefined after its check", "wrong", _edit(_thrice_redefined), 10.0),
]

BROKEN = [
    Case("the check before the answer", "broken", _edit(_early), 10.0, {"difference_quotient": "right"}),  # judged where it stands
    Case("the check twice", "broken", _edit(_twice), 10.0),
    Case("the check edited", "broken", _set(CHECK_OF_QUOTIENT, "source", "raise SystemExit\n10.0"), 10.0),
    Case("the check as text", "broken", _set(CHECK_OF_QUOTIENT, "cell_type", "markdown"), 10.0),
    Case("the check without a source", "broken", _set(CHECK_OF_QUOTIENT, "source", None), 10.0),
    Case("the check of an exercise that is not there", "broken", _mark({"grade_id": "check-nothing"}), 10.0),
    Case("the check gone", "broken", _without(CHECK_OF_QUOTIENT), 10.0),
    Case("all checks gone", "broken", _without(*(f"check-{name}" for name in tiny.ANSWERS)), 10.0),
    Case("the answer gone", "broken", _without("difference_quotient"), 6.0, {"difference_quotient": "missing"}),
    Case("answer and check gone", "broken", _without("difference_quotient", CHECK_OF_QUOTIENT), 6.0, {"difference_quotient": "missing"}),
    Case("everything gone", "broken", tiny.notebook([]), 0.0, dict.fromkeys(tiny.ANSWERS, "missing")),
    Case("cells in reverse", "broken", _edit(lambda cells: cells[::-1]), 8.0, {"scaled": "raised"}),  # NumPy is imported last
    Case("a grade_id that is a list", "broken", _mark({"grade_id": ["check-scaled"]}), 10.0),
    Case("marks that are a string", "broken", _mark("x"), 10.0),
    Case("marks that are null", "broken", _mark(None), 10.0),
    Case("metadata that is a list", "broken", _set(CHECK_OF_QUOTIENT, "metadata", []), 10.0),
    Case("points that are changed", "broken", _mark({"grade_id": CHECK_OF_QUOTIENT, "points": 1000, "grade": True}), 10.0),
    Case("another schema version", "broken", _mark({"grade_id": CHECK_OF_QUOTIENT, "schema_version": 99}), 10.0),
    Case("hostile markup in a grade_id", "broken", _mark({"grade_id": "<script>alert(1)</script>../../x"}), 10.0),
    Case("a source of numbers", "broken", _edit(lambda cells: [*cells, {"cell_type": "code", "source": [1, 2]}]), 10.0),
    Case("a source that is too long", "broken", _edit(lambda cells: [*cells, tiny.code("#" * (2 << 20))]), 10.0),
    Case("cells that are no cells", "broken", _edit(lambda cells: [*cells, None, 3, "x", [], {}, {"cell_type": "code"}]), 10.0),
    Case("a lone surrogate in a cell", "broken", _edit(lambda cells: [*cells, tiny.code("x = '\ud800'")]), 10.0),
    Case("a null in a cell", "broken", _edit(lambda cells: [*cells, tiny.code("x = '\x00'")]), 10.0),
    Case("unknown cell types", "broken", _edit(lambda cells: [*cells, {"cell_type": "heading"}, {"cell_type": ["code"]}]), 10.0),
    Case("huge metadata", "broken", tiny.notebook(metadata={"x": "y" * 5_000_000}), 10.0),
    Case(
        "a kernel of another language",
        "broken",
        tiny.notebook(metadata={"kernelspec": {"name": "bash", "language": "bash", "display_name": "<script>"}}),
        10.0,
    ),
    Case("the file is empty", "broken", b"", 0.0, sheet="malformed"),
    Case("half a file", "broken", tiny.notebook()[:700], 0.0, sheet="malformed"),
    Case("no JSON", "broken", b"import numpy as np", 0.0, sheet="malformed"),
    Case("a picture", "broken", b"\x89PNG\r\n\x1a\n" + os.urandom(64).replace(b"{", b"x"), 0.0, sheet="malformed"),
    Case("UTF-16", "broken", tiny.notebook().decode().encode("utf-16"), 0.0, sheet="malformed"),
    Case("broken UTF-8", "broken", tiny.notebook()[:-10] + b"\xff\xfe", 0.0, sheet="malformed"),
    Case("JSON that is a list", "broken", b"[]", 0.0, sheet="malformed"),
    Case("JSON that is a number", "broken", b"1e999", 0.0, sheet="malformed"),
    Case("JSON that is null", "broken", b"null", 0.0, sheet="malformed"),
    Case("cells that are a dict", "broken", b'{"nbformat": 4, "cells": {}}', 0.0, sheet="malformed"),
    Case("an old format", "broken", b'{"nbformat": 3, "worksheets": [{"cells": []}]}', 0.0, sheet="malformed"),
    Case("a format that is text", "broken", tiny.notebook(nbformat="4"), 0.0, sheet="malformed"),
    Case("deep JSON", "broken", b'{"cells": ' + b"[" * 200_000, 0.0, sheet="malformed"),
    Case("deep objects", "broken", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 0.0, sheet="malformed"),
    Case("a huge number", "broken", b'{"nbformat": 4, "cells": [' + b"9" * 100_000 + b"]}", 0.0, sheet="malformed"),
    Case("too many cells", "broken", tiny.notebook([tiny.code("1")] * 5000), 0.0, sheet="malformed"),
    Case("too many bytes", "broken", b" " * (17 << 20), 0.0, sheet="malformed"),
    Case(
        "NaN in the metadata", "broken", json.dumps({"nbformat": 4, "metadata": {"x": float("nan")}, "cells": tiny.cells()}).encode(), 10.0
    ),
    Case("keys twice", "broken", b'{"nbformat": 4, "cells": [], "cells": ' + json.dumps(tiny.cells()).encode() + b"}", 10.0),
    Case(
        "a renamed file",
        "broken",
        b"",
        0.0,
        sheet="missing",
        place=lambda path: path.with_name("Untitled.ipynb").write_bytes(tiny.notebook()),
    ),
    Case("no file", "broken", b"", 0.0, sheet="missing", place=lambda path: None),
    Case(
        "a link to the solutions",
        "broken",
        b"",
        0.0,
        sheet="malformed",
        place=lambda path: path.symlink_to(path.parents[4] / "solutions" / tiny.NAME / f"{tiny.NAME}.ipynb"),
    ),
    Case("a link to nothing", "broken", b"", 0.0, sheet="malformed", place=lambda path: path.symlink_to("/nowhere")),
    Case("a link to a device", "broken", b"", 0.0, sheet="malformed", place=lambda path: path.symlink_to("/dev/zero")),
    Case("a pipe", "broken", b"", 0.0, sheet="malformed", place=os.mkfifo),
    Case("the lesson's folder is a link", "broken", b"", 0.0, sheet="malformed", place=_folder_is_link),
    Case("lone surrogates in a source", "broken", _surrogates, 10.0),
    Case("metadata that nests for ever", "broken", _nested, 10.0),
    Case("no metadata, null ids, no minor version", "broken", _bare, 10.0),
    Case("a folder", "broken", b"", 0.0, sheet="malformed", place=os.mkdir),
]

_NAMES = [
    "<img src=x onerror=alert(1)>",
    "a b",
    "--again",
    "-rf",
    "$(touch escaped)",
    "`id`",
    "a;b|c&d",
    "quote'\"",
    "back\\slash",
    "new\nline",
    "\x1b[31mred",
    "\u202egnp.exe",
    "\U0001f600",
    "n" * 240,
    "%s%n",
    "{0.__class__}",
    "CON",
    "x.json",
    "(reference)",
]
NAMES = [Case(f"named {name[:20]!r}", "names", tiny.notebook(), 10.0, student=name) for name in _NAMES]
NAMES.append(Case("named with broken UTF-8", "names", tiny.notebook(), 10.0, student=os.fsdecode(b"caf\xe9")))
