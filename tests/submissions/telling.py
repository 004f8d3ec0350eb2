"""Submissions whose verdict must say why, and submissions that try to tell what their hidden cases were."""

from __future__ import annotations

import copy
from textwrap import dedent

from judge import tiny

from .case import Case, answer, cell

_STUB = "def difference_quotient(f, x, h):\n    raise NotImplementedError"
_NAMES = list(tiny.ANSWERS)


def _first_cell(source: str) -> bytes:
    """The honest notebook with another first code cell, the one that imports."""
    return tiny.notebook([{**one, "source": source} if one["source"] == tiny.IMPORTS else one for one in tiny.cells()])


def _said(name: str, data: bytes, points: float, says: str, **status: str) -> Case:
    return Case(name, "saying why", data, points, status, says=says)


def _answered(source: str, name: str = "difference_quotient") -> bytes:
    return tiny.notebook(tiny.cells(**{name: source}))


def _another_type(kind: str) -> bytes:
    cells = [{**one, "cell_type": kind} if one["source"] == tiny.ANSWERS["scaled"] else one for one in tiny.cells()]
    return tiny.notebook(cells)


def _below(cells_further: int) -> bytes:
    """The answer's cell is still a stub; the answer stands so many cells below it, its check between."""
    cells = tiny.cells(difference_quotient=_STUB)
    place = next(i for i, one in enumerate(cells) if one["source"] == _STUB) + cells_further
    cells.insert(place, tiny.code(tiny.ANSWERS["difference_quotient"]))
    return tiny.notebook(cells)


def _copy_of_another() -> bytes:
    marks = ("secant_line", "one_sided", "powers_derivative")
    cells = [tiny.code(part, mark) for name in marks for part, mark in ((f"def {name}(): pass", name), (f"check({name})", f"check-{name}"))]
    return tiny.notebook([copy.deepcopy(one) for one in cells])


_TORCH = "import torch\n" + tiny.IMPORTS
SAYING = [
    _said("a missing module above the imports", _first_cell(_TORCH), 8.0, "Cell 2 stopped with ModuleNotFoundError: No module named 'torch' (line 1)"),
    _said("an extension that is not there", _first_cell("%load_ext nothing\n" + tiny.IMPORTS), 8.0, "No module named 'nothing'"),
    _said("a magic that is not there", _first_cell("%nothing\n" + tiny.IMPORTS), 8.0, "Line magic function `%nothing` not found"),
    _said("a module of Colab's", _first_cell("from google.colab import drive\n" + tiny.IMPORTS), 8.0, "No module named 'google"),
    _said("a shell command above the imports", _first_cell("!pip install numpy\n" + tiny.IMPORTS), 10.0, "no program can be started here"),
    _said("a shell command whose output is kept", _first_cell("x = !ls\n" + tiny.IMPORTS), 10.0, "no program can be started here"),
    _said("subprocess above the imports", _first_cell("import subprocess\nsubprocess.run(['pip', 'install', 'numpy'])\n" + tiny.IMPORTS), 10.0, "pip install numpy: no program can be started here"),
    _said("a program whose output is read", _first_cell("import subprocess\np = subprocess.run('ls', shell=True, capture_output=True, text=True)\nprint(p.returncode, p.stdout, p.stderr)\n" + tiny.IMPORTS), 10.0, "126  ls: no program can be started here"),
    _said("a program that is talked to", _first_cell("import subprocess as s\np = s.Popen(['cat'], stdin=-1, stdout=-1, stderr=s.STDOUT)\nprint(p.communicate(b'x'), p.poll(), p.kill())\n" + tiny.IMPORTS), 10.0, "cat: no program can be started here"),
    _said("a program that must not fail", _first_cell("import subprocess\nsubprocess.check_call(['ls'])\n" + tiny.IMPORTS), 8.0, "stopped with CalledProcessError"),
    _said("os.system above the imports", _first_cell("import os\nprint('it gave', os.system('ls'), os.popen('ls').read())\n" + tiny.IMPORTS), 10.0, "it gave 32256"),
    _said("%pip above the imports", _first_cell("%pip install numpy\n" + tiny.IMPORTS), 10.0, "pip install numpy: no program"),
    _said("%conda above the imports", _first_cell("%conda install numpy\n" + tiny.IMPORTS), 10.0, "conda install numpy: no program"),
    _said("%matplotlib with a widget", _first_cell("%matplotlib widget\n" + tiny.IMPORTS), 10.0, "pictures are inline here"),
    _said("%%bash in a cell", tiny.notebook(tiny.cells(before="%%bash\nls")), 10.0, "CalledProcessError"),
    _said("%%bash that may fail", tiny.notebook(tiny.cells(before="%%bash --no-raise-error\nls")), 10.0, "no program can be started here"),
    _said("a syntax error in the answer", _answered("def difference_quotient(f, x, h):\n    return (f(x"), 6.0, "(line 2). So difference_quotient is not defined", difference_quotient="missing"),
    _said("a no-break space", _answered("def difference_quotient(f, x, h):\n\u00a0\u00a0return 1"), 6.0, "U+00A0 (line 2)", difference_quotient="missing"),
    _said("code fences", _answered("```python\n" + tiny.ANSWERS["scaled"] + "```", "scaled"), 8.0, "Cell 5 stopped with SyntaxError", scaled="missing"),
    _said("a missing module in the answer", _answered("import torch\n" + tiny.ANSWERS["scaled"], "scaled"), 8.0, "No module named 'torch' (line 1). So scaled", scaled="missing"),
    _said("an answer that loops while it is defined", _answered("while True: pass\n" + tiny.ANSWERS["scaled"], "scaled"), 8.0, "Cell 5 stopped with OutOfTime", scaled="missing"),
    _said("an answer turned into markdown", _another_type("markdown"), 8.0, "Cell 5, where scaled belongs, is text and no code", scaled="missing"),
    _said("an answer turned into raw text", _another_type("raw"), 8.0, "Cell 5, where scaled belongs, is text and no code", scaled="missing"),
    _said("a function that was renamed", _answered("def scale(v, c):\n    return c*v", "scaled"), 8.0, "it defines scale. Was the function renamed?", scaled="missing"),
    _said("a copy of another lesson", _copy_of_another(), 0.0, "copy of 01_derivative", **dict.fromkeys(_NAMES, "missing")),
    _said("the answer below its check", _below(2), 10.0, "", difference_quotient="right"),
    _said("the answer in a later cell", _below(5), 10.0, "", difference_quotient="right"),
]  # fmt: skip

_REMEMBER = """
import numpy as np
seen = []
def remembered(): return str(seen)
"""


def _leak(name: str, source: str, after: str = "", points: float = 6.0) -> Case:
    parts = tiny.cells(before=_REMEMBER, after=after, difference_quotient=dedent(source))
    return Case(name, "leaking", tiny.notebook(parts), points, leaks=True)


_KEEP = "def difference_quotient(f, x, h):\n    seen.append((x, h))\n    "
LEAKING = [
    _leak("as a returned text", _KEEP + "return remembered()"),
    _leak("as keys of a dict", _KEEP + "return {remembered(): 1.0}"),
    _leak("as a class's name", _KEEP + "return type(remembered().replace('.', '_'), (), {})()"),
    _leak("as the number that comes back", _KEEP + "return x"),
    _leak("as numbers of earlier calls", _KEEP + "return np.array(seen).ravel()[0]"),
    _leak("as an array of everything", _KEEP + "return np.array(seen)"),
    _leak("as an exception's text and name", _KEEP + "raise type(remembered(), (Exception,), {})(remembered())"),
    _leak("as a warning", _KEEP + "import warnings; warnings.warn(remembered()); return 0.0"),
    _leak("as what it prints", _KEEP + "print(remembered()); return 0.0"),
    _leak("printed by a later cell", _KEEP + "return 0.0", "print(remembered())"),
    _leak("displayed by a later cell", _KEEP + "return 0.0", "seen"),
    _leak("as a later cell's error", _KEEP + "return 0.0", "raise ValueError(remembered())"),
    _leak("through a file", _KEEP + "open('seen', 'w').write(remembered()); return 0.0", "print(open('seen').read())"),
    _leak("from a function that says it is not written", _KEEP + "raise NotImplementedError", "print(remembered())"),
    _leak("from one that ends its process", _KEEP + "open('seen', 'w').write(remembered()); import os; os._exit(0)", "print(open('seen').read())"),
    _leak("printed by a later cell that loops", _KEEP + "return 0.0", "print(remembered())\nwhile True: pass"),
    _leak("printed by a later cell that sleeps", _KEEP + "return 0.0", "print(remembered())\nimport time; time.sleep(100)"),
    _leak("displayed by a later cell that ends its process", _KEEP + "return 0.0", "display(seen)\nimport os; os._exit(0)"),
    _leak("through an environment variable", _KEEP + "import os; os.environ['S'] = remembered(); return 0.0", "import os; print(os.environ.get('S'))"),
]  # fmt: skip

FLOODING = [
    answer("flooding", "45,000 empty arrays in every reply", "def scaled(v, c):\n    return [np.zeros(0)]*45000", exercise="scaled", points=8.0),
    answer("flooding", "as many arrays as fit, each time another", "def scaled(v, c):\n    return [np.zeros(0) for _ in range(30000)]", exercise="scaled", points=8.0),
    answer("flooding", "4 MB in every reply", _KEEP.replace("seen.append((x, h))", "pass") + "return np.zeros(1 << 19)"),
    answer("flooding", "surrogates in a text", 'def colour():\n    return "\\ud800"', exercise="colour", points=9.0, status="wrong"),
    answer("flooding", "surrogates in keys", 'def scaled(v, c):\n    return {"\\ud800": 1.0}', exercise="scaled", points=8.0, status="wrong"),
    answer("flooding", "surrogates in a class's name", 'def scaled(v, c):\n    return type("a\\ud800", (), {})()', exercise="scaled", points=8.0, status="raised"),
    answer("flooding", "dicts in dicts in lists", "def scaled(v, c):\n    return [{str(i): {'a': [i]}} for i in range(9000)]", exercise="scaled", points=8.0),
    answer("flooding", "a list of 200,000 floats", "def difference_quotient(f, x, h):\n    return [0.5]*200000"),
]  # fmt: skip
STOPPING = [  # these ask the system itself
    cell("flooding", "names of those who send", "import socket\ns = socket.socket(fileno=3)\ns.setsockopt(1, 16, 1)\nprint(s.recvmsg(1, 100))"),
    cell("flooding", "how it was started", "import sys\nassert 'files_total' not in str(sys.argv + sys.orig_argv)"),
    cell("flooding", "SIGSTOP to itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    cell("flooding", "SIGSTOP by a timer", "import ctypes, signal\nlibc = ctypes.CDLL(None)\nprint(libc.timer_create(0, (ctypes.c_int*16)(0, 0, signal.SIGSTOP), (ctypes.c_int*2)()))"),
    cell("flooding", "SIGSTOP through a pipe", "import fcntl, os, signal\nr, w = os.pipe()\nfcntl.fcntl(r, 10, signal.SIGSTOP)\nfcntl.fcntl(r, 8, os.getpid())\nfcntl.fcntl(r, 4, os.O_ASYNC)\nos.write(w, b'x')"),
]  # fmt: skip
FLOODING += [
    Case(
        "a loop in every answer",
        "flooding",
        tiny.notebook(tiny.cells({name: f"def {name}(*a):\n    while True: pass" for name in tiny.ANSWERS})),
        0.0,
        dict.fromkeys(tiny.ANSWERS, "timeout"),
    ),
    Case(
        "a loop in every cell",
        "flooding",
        tiny.notebook(tiny.cells({name: f"{source}\nwhile True: pass" for name, source in tiny.ANSWERS.items()})),
        10.0,
    ),
    Case(
        "a sleep in every answer",
        "flooding",
        tiny.notebook(tiny.cells({name: f"def {name}(*a):\n    import time; time.sleep(1000)" for name in tiny.ANSWERS})),
        0.0,
        dict.fromkeys(tiny.ANSWERS, "timeout"),
    ),
]
