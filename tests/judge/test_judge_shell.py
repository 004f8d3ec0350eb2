"""What the shell leaves out of IPython's way changes nothing: the same outputs, names and history, cell by cell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# The shell puts stubs in place of `autograder`, so it gets a process of its own.
SCRIPT = """
import json, re, sys
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from autograder.judge.inside import capture, shell as module

notebooks = json.load(sys.stdin)
shell = module.Shell(render=sys.argv[1] == "with pictures")
lighter = [(module._Shell, InteractiveShell, "transform_cell"), (module._Shell, InteractiveShell, "should_run_async"), (capture.Hook, DisplayHook, "quiet")]
ours = [kind.__dict__[name] for kind, _, name in lighter]
plain = capture._PLAIN
shell.warm_up()

def play(cells, as_ipython):
    for (kind, base, name), own in zip(lighter, ours):
        setattr(kind, name, getattr(base, name) if as_ipython else own)
    capture._PLAIN = set() if as_ipython else plain
    shell.shell.reset(new_session=True)
    vars(sys.modules["IPython.core.interactiveshell"]).pop("__warningregistry__", None)  # each may warn once
    for event in ("pre_run_cell", "post_run_cell"):
        shell.shell.events.callbacks[event].clear()
    said = []
    for cell in cells:
        shell.run(cell)
        said.append(shell.outputs())
    names = shell.names
    kept = {name: re.sub(" at 0x[0-9a-f]+", "", repr(names[name])) for name in sorted(names) if name in ("In", "Out", "x", "y", "f") or name.startswith("_") and name.strip("_i0123456789") == ""}
    return {"outputs": said, "names": kept, "count": shell.shell.execution_count}

found = [[play(cells, False), play(cells, True)] for cells in notebooks]
json.dump(found, sys.stdout)
"""
CASES = {
    "values": ["x = 3", "x + 1", "_ * 2", "_2, __", "Out", "In[2]", "_i, _ii, _iii, _i3", "x;", "x  # ;", "'a;b'", "None"],
    "definitions": ["def f(x):\n    return x", "f(2)", "class A:\n    y = 1\n\n    def g(self):\n        return self.y\n", "A().g()", "@f\ndef g():\n    return 1\n# done\n", "g()"],
    "text that looks like a definition": ['"""\ndef f(x):\n    return x"""', '("""\ndef f(x):\n  ""","b")[1]', "x = 1\ndef f(): return x\nf()", "if True:\n    x = 5\n    x"],
    "errors": ["1/0", "x = 1; y = [][3]", "x", "def f(:", "return 3", "x = 7\nbreak", "  y = 1", "raise KeyError('k')", "raise SystemExit", "x"],
    "several statements": ["x = 1\nprint(x)\nx + 1", "for x in range(3):\n    print(x)\nx", "import sys\nprint('e', file=sys.stderr)\nsys.stdout.write('w')", "x = y = 2; x"],
    "not plain": ["%matplotlib inline", "import asyncio\nawait asyncio.sleep(0)", "async def f():\n    return 4\nawait f()", "!echo", "?x", "x = %pwd", "%%capture\nprint(1)"],
    "pictures": ["%matplotlib inline\nimport matplotlib.pyplot as plt", "fig, ax = plt.subplots(figsize=(1, 1))\nax.set_axis_off()", "fig", "plt.plot([1, 2]);"],
    "display": ["from IPython.display import display\ndisplay(1, 2)", "class A:\n    def _repr_png_(self):\n        return b'p'\n    def __repr__(self):\n        return 'A'\n", "A()", "display(A())"],
    "forms of what is displayed": ["1", "-2.5", "1e300", "(1, 'a')", "[1.0] * 40", "{'a': [1, {2}]}", "'a\\nb'", "True", "1j", "class F(float): pass\nF(3)", "%precision 2", "3.14159", "%precision",
                                   "forms = get_ipython().display_formatter\nold = forms.formatters['text/plain'].for_type(int, lambda n, p, cycle: p.text(f'int {n}'))", "7",
                                   "forms.ipython_display_formatter.for_type(float, lambda x: print('a float'))", "1.5", "1", "forms.ipython_display_formatter.pop(float)",
                                   "forms.mimebundle_formatter.for_type(str, lambda s, **k: {'text/plain': 'a text'})", "'x'", "forms.mimebundle_formatter.pop(str)", "'x'", "forms.formatters['text/plain'].for_type(int, old);"],
    "the future": ["from __future__ import annotations\ndef f(x: nowhere): return x\nf.__annotations__", "def f(x: nowhere):\n    return x\n", "f.__annotations__"],
    "empty": ["", "  \n", "# a remark", "pass", "\n\nx = 1\n\n"],
    "hooks": ["seen = []\nget_ipython().events.register('post_run_cell', lambda result: seen.append(1))", "x = 1", "len(seen)"],
    "a syntax tree of one's own": ["import ast\nclass T(ast.NodeTransformer):\n    def visit_Constant(self, n):\n        return ast.Constant(9) if n.value == 1 else n\n", "get_ipython().ast_transformers.append(T())", "1 + 2", "get_ipython().ast_transformers.clear()", "1 + 2"],
    "imports of the course": ["from autograder import check, hint\nfrom explorers import secant_explorer", "check(3)", "x = secant_explorer(h=1)", "x.value"],
}  # fmt: skip


@pytest.fixture(scope="module", params=["with pictures", "as text"])
def played(request):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, request.param],
        input=json.dumps(list(CASES.values())),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    assert not done.returncode, done.stderr[-2000:]
    return dict(zip(CASES, json.loads(done.stdout)))


@pytest.mark.parametrize("name", CASES)
def test_a_cell_leaves_what_it_leaves_in_ipython(played, name):
    ours, theirs = played[name]
    for cell, mine, other in zip(CASES[name], ours["outputs"], theirs["outputs"]):
        assert mine == other, cell
    assert ours["names"] == theirs["names"] and ours["count"] == theirs["count"]


def test_what_the_cells_say_is_what_python_says(played):
    values = [output["data"]["text/plain"] for outputs in played["values"][0]["outputs"] for output in outputs]
    assert values[:3] == ["4", "8", "(4, 4)"]
    forms = [
        output["data"]["text/plain"] if "data" in output else output.get("text")
        for outputs in played["forms of what is displayed"][0]["outputs"]
        for output in outputs
    ]
    assert {"3.14", "int 7", "a float\n"} <= set(forms)
    kinds = [[output.get("ename") for output in outputs] for outputs in played["errors"][0]["outputs"]]
    assert kinds[0] == ["ZeroDivisionError"] and kinds[3] == kinds[4] == ["SyntaxError"] and kinds[7] == ["KeyError"]
