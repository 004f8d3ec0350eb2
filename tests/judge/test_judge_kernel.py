"""A real kernel in the sandbox judges as the warm child does: honest notebooks alike, and hostile ones get no further."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from submissions import broken, hostile
from submissions.case import Case, answer, cell

from autograder.files.course import Course
from autograder.judge import verdicts
from autograder.judge.coordinator import kept
from autograder.judge.grade import Judge
from autograder.judge.inside.confine import Limits
from autograder.judge.remote import Times
from autograder.judge.sandbox import levels
from autograder.judge.sandbox.process import SandboxError
from autograder.judge.signing import CourseKey
from autograder.judge.versions import versions
from judge import tiny

ROOT = Path(__file__).parents[2]
LESSONS = ("01_derivative", "03_partial_derivative")
TIMES = Times(cell_cpu=0.4, cell_wall=4, call_cpu=0.25, call_wall=4, exercise=30, submission=120, grace=0.2)
pytestmark = pytest.mark.slow


def named(cases: list[Case], *names: str) -> list[Case]:
    found = [case for case in cases if case.name in names]
    assert len(found) == len(names)
    return found


HONEST = [
    *named(
        broken.HONEST,
        "honest with stories",
        "honest with a thread and an await",
        "honest with errors in free cells",
        "honest with warnings",
    ),
    *named(broken.WRONG, "everything wrong", "untouched"),
    cell(
        "outputs",
        "all kinds",
        """\
        import sys, warnings
        print("a", end=""); print("b"); sys.stderr.write("c\\n")
        warnings.warn("careful")
        from IPython.display import display, HTML
        display(HTML("<b>bold</b>"), np.arange(3))
        get_ipython().run_line_magic("whos", "int")
        {"x": 1.5}""",
    ),
    cell("outputs", "an error in a function", "def f(x):\n    return 1/x\nf(0)"),
    cell("outputs", "no Python", "1 +"),
]
HOSTILE = [
    answer("exit", "os._exit in an answer", "def difference_quotient(f, x, h):\n    import os\n    os._exit(0)", status="exited"),
    cell("exit", "os._exit in a cell", "import os\nos._exit(3)"),
    cell("exit", "a cell that waits for ever", "import asyncio\nawait asyncio.sleep(1e6)"),
    answer("loop", "an endless loop in an answer", "def difference_quotient(f, x, h):\n    while True: pass", status="timeout"),
    cell("loop", "an endless loop in a cell", "while True: pass"),
    *named(hostile.FORGING, "the worker's reply is patched", "frames written ahead", "garbage on the wire"),
    cell(
        "reading",
        "the solutions",
        """\
        import glob
        from pathlib import Path
        found = [open(p).read() for p in glob.glob("@ROOT@/**/*.ipynb", recursive=True)]
        print(found, Path("@ROOT@/solutions/90_tiny/90_tiny.ipynb").read_text())""",
    ),
    cell(
        "escaping",
        "other processes and sockets",
        """\
        import os, socket, zmq
        for attempt in (os.fork, lambda: socket.socket(socket.AF_UNIX), lambda: socket.socket(), lambda: os.system("id"), lambda: os.kill(os.getppid(), 9)):
            try: print(attempt())
            except OSError as error: print(type(error).__name__)""",
    ),
]


@pytest.fixture(scope="module")
def judges(tmp_path_factory):
    """One judge for each engine, at the strongest level, on one course."""
    from judge.conftest import safe_levels

    if not safe_levels():
        pytest.skip("no safe sandbox on this machine; python -m autograder doctor says what is missing")
    root = tiny.course(tmp_path_factory.mktemp("engines"))
    for name in LESSONS:
        (root / "solutions" / name).symlink_to(ROOT / "solutions" / name)
    (root / "data").symlink_to(ROOT / "data")
    settings = {"level": safe_levels()[0], "times": TIMES, "limits": Limits(memory=512 << 20, cpu=20)}
    with Judge(root, **settings) as child, Judge(root, **settings, engine="kernel") as kernel:
        yield child, kernel


def both(judges, lesson, data: bytes):
    path = tiny.submit(judges[0].course.root, "ada", data.replace(b"@ROOT@", str(judges[0].course.root).encode()))
    return [judge.grade(path, lesson, "ada") for judge in judges]


def told(sheet) -> dict:
    """Without the seconds of a limit: it follows from what our own answer took, in this engine and at this time."""
    seconds = re.compile(r"[\d.]+ s of processor time")
    return {
        name: (str(report.status), report.points, report.mistake, seconds.sub("… s of processor time", report.detail))
        for name, report in sheet.reports.items()
    }


def outputs(sheet) -> dict:
    """The outputs without the cells' numbers and the names under which their code is compiled."""
    named = re.compile(r"[^ ()\n]*ipykernel_\d+/\d+\.py|<ipython-input-[^>]*>|\b\d{6,}\.py")
    plain = lambda value: (
        named.sub("a cell", value) if isinstance(value, str) else [plain(item) for item in value] if isinstance(value, list) else value
    )
    return {
        index: [{key: plain(value) for key, value in one.items() if key != "execution_count"} for one in _streams_first(found)]
        for index, found in sheet.outputs.items()
    }


def _streams_first(found: list[dict]) -> list[dict]:
    """What a cell printed on each stream as one piece: a kernel keeps both back for a moment, so their order among each other is nobody's."""
    texts: dict[str, str] = {}
    for one in found:
        if one["output_type"] == "stream":
            texts[one["name"]] = texts.get(one["name"], "") + one["text"]
    streams = [{"output_type": "stream", "name": name, "text": text} for name, text in sorted(texts.items())]
    return [*streams, *(one for one in found if one["output_type"] != "stream")]


@pytest.mark.parametrize("case", HONEST, ids=[case.name for case in HONEST])
def test_both_engines_agree_on_the_honest(judges, case):
    child, kernel = both(judges, tiny.lesson(), case.data)
    assert told(kernel) == told(child) and kernel.points == case.points
    assert outputs(kernel) == outputs(child)


@pytest.mark.parametrize("case", HOSTILE, ids=[case.name for case in HOSTILE])
def test_both_engines_agree_on_the_hostile(judges, case):
    child, kernel = both(judges, tiny.lesson(), case.data)
    assert (kernel.status, told(kernel)) == (child.status, told(child))
    assert kernel.points == case.points
    for name, status in case.status.items():
        assert kernel.reports[name].status == status
    if case.group in ("reading", "escaping"):
        assert outputs(kernel) == outputs(child) and "def scaled" not in json.dumps(kernel.outputs)


@pytest.mark.parametrize("name", LESSONS)
def test_both_engines_agree_on_the_courses_solutions(judges, name):
    sheets = [judge.grade(Course(ROOT).source(name), name, "ada") for judge in judges]
    assert sheets[1].points == judges[1].lesson(name).points
    assert told(sheets[0]) == told(sheets[1]) and outputs(sheets[0]) == outputs(sheets[1])


def test_both_engines_name_the_same_mistakes(judges):
    name = LESSONS[0]
    notebook = json.loads(Course(ROOT).source(name).read_bytes())
    for one in notebook["cells"]:
        if one["metadata"].get("nbgrader", {}).get("grade_id") == "quotient_cubic":
            one["source"] = "def quotient_cubic(x, h):\n    return 6*x**2"
    sheets = both(judges, name, json.dumps(notebook).encode())
    assert told(sheets[0]) == told(sheets[1])
    assert sheets[1].reports["quotient_cubic"].mistake == "limit_already"


def test_everything_a_level_promises_holds_for_a_kernel_as_well(judges):
    child, kernel = judges
    assert kernel.probed == child.probed and all(row.holds for row in kernel.probed)


def test_the_doctor_says_why_no_kernel_starts(monkeypatch):
    def none(*args, **kwargs):
        raise SandboxError("level full cannot be set up: No module named 'ipykernel'")

    monkeypatch.setattr(levels, "Zygote", none)
    monkeypatch.setattr(levels, "best", lambda: "full")
    level, why = levels.kernel()
    assert level == "" and "No module named 'ipykernel'" in why and "requirements.txt" in why


def test_another_engine_means_to_judge_again(judges):
    _, kernel = judges
    lesson = tiny.lesson()
    path = tiny.submit(kernel.course.root, "bob", tiny.notebook())
    sheet = kernel.grade(path, lesson, "bob")
    assert sheet.versions["engine"].startswith("ipykernel ")
    verdicts.save(kernel.course.root, sheet, CourseKey.load(kernel.course.root))
    assert verdicts.read(kernel.course.root, lesson.name, "bob")[1]["versions"]["engine"] == sheet.versions["engine"]
    for engine, stays in (("kernel", True), ("child", False)):
        current = versions(kernel.course, lesson, engine)
        assert (kept(kernel.course, lesson.name, "bob", CourseKey.load(kernel.course.root), current, kernel.level) is not None) == stays
