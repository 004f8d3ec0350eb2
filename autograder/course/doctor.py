"""Is the course sound, and what does this machine allow? Every finding says what is wrong and the remedy."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import nbformat
import numpy as np

from ..engine.report import Status
from ..engine.runner import run, transcribe
from ..files.course import Course
from ..judge.options import LINUX_ONLY
from ..judge.reference import NoReference, load
from ..shared.answer import LocalAnswer
from ..shared.functions import Function
from ..writing.case import CheckOnly
from ..writing.exercise import Exercise, Lesson
from . import lessons_file
from .clauses import without_a_check
from .fresh_environment import unfit
from .generated import refresh
from .leaks import leaks
from .links import relative_links
from .parts import too_long
from .pictures import unmoved, untold
from .problems import LessonError
from .release import BuildError
from .weights import table


def examine(
    root: Path | None = None,
    lessons: dict[str, Lesson] | None = None,
    *,
    only: str = "",
    machine: bool = True,
    seed: int = 0,
    one_in: int = 1,
    say: Callable[[str], None] = print,
) -> int:
    """Examine the course in `root` (this repository), or `only` one lesson of it, and this machine; returns 0 when all is sound, else 1.

    Each part is told with `say`: a tick, or its findings with their remedies. Nothing is changed. The answers and the known mistakes are
    judged at `seed`, 0 for the cases that learners see; of the mistakes `one_in` so many, others with each seed.
    """
    course = Course.at(root)
    if lessons is None:
        from ..exercises import lessons as registered

        lessons = registered()
    if only:
        lessons = {only: lessons[only]}
    found = 0
    for title, part in (
        ("notebooks, tables and times are what the lessons' texts make", partial(fresh, course, lessons, only)),
        ("every lesson's exercises are sound", partial(sound, course, lessons, seed, one_in)),
        ("no answer can be read in what learners get", partial(leaks, course, lessons)),
        ("no outputs are committed", partial(outputs, course, only)),
        ("data and links are there", partial(links, course, only)),
        ("the numbers in the texts are where their pictures start", partial(unmoved, course, only)),
        *([] if only else [("the sentences under the pictures say when they are true, and are", untold)]),
        *([] if only else [("the archives for students hold no answer and work in a fresh environment", partial(unfit, course, lessons))]),
    ):
        problems = list(part())
        say(f"{'✗' if problems else '✓'} {title}")
        for problem in problems:
            say(f"    {problem}")
        found += len(problems)
    if len(lessons) == 1:  # who looks at one lesson may want to know what its promises are worth
        for line in table(*lessons.values()):
            say(f"    {line}")
    if machine:
        found += _machine(course, say)
    say("all is well" if not found else f"{found} things to put right")
    return 1 if found else 0


def fresh(course: Course, lessons: dict[str, Lesson], only: str = "") -> Iterator[str]:
    """Lessons without a text, texts that break a rule, times below the exercises', whatever `make build` would change."""
    missing = [name for name in lessons if not course.text(name).exists()]
    yield from (f"{name} has exercises but no text; write solutions/{name}.py (docs/authoring.md)" for name in missing)
    yield from lessons_file.too_short(lessons, course.root)
    if only in missing:
        return
    try:
        for path in refresh(course, lessons, check=True, only=only):
            yield f"{path.relative_to(course.root)} is stale; run  make build  and commit it"
        yield from too_long(lessons)  # of the texts as they are now: `refresh` has told the lessons
    except LessonError as error:
        yield from str(error).splitlines()
    except BuildError as error:
        yield str(error)


def sound(course: Course, lessons: dict[str, Lesson], seed: int = 0, one_in: int = 1) -> Iterator[str]:
    """Each exercise: cases that repeat, a stub that is told politely, a reference with full marks, mistakes (or `one_in` so many) with their names."""
    for lesson in lessons.values():
        if not course.source(lesson.name).exists():
            continue  # told by `fresh`
        try:
            references = load(course.source(lesson.name), lesson)
        except NoReference as error:
            yield str(error)
            continue
        stubs = _cells(course.release(lesson.name))
        for name, exercise in lesson.exercises.items():
            try:
                problems = _exercise(exercise, references[name], stubs.get(name), seed, one_in)
                yield from (f"{lesson.name}, {name}: {problem}" for problem in problems)
            except Exception as error:
                yield f"{lesson.name}, {name}: judging it raised {type(error).__name__}: {error}; mend its checks in autograder/exercises"


def _exercise(exercise: Exercise, reference: LocalAnswer, stub: str | None, seed: int, one_in: int) -> Iterator[str]:
    for check in (None, *exercise.checks):
        if check is None and exercise.make_cases is None:
            continue
        if _written(list(exercise.draw(7, check))) != _written(list(exercise.draw(7, check))):
            yield f"two draws from one seed differ in {check.name if check else 'its cases'}; draw every random number from rng"
    known = transcribe(exercise, reference, seed)  # draws the cases once for all that is judged here
    report = run(exercise, reference, reference, seed, transcript=known)
    if report.status is not Status.RIGHT or report.points != exercise.points:
        yield f"the reference gets {report.points:g} of {exercise.points:g} ({report.status.value}); mend the answer or the check {_missed(report)}"
    yield from _stub(exercise, reference, stub)
    yield from without_a_check(exercise)
    for mistake in exercise.mistakes[seed % one_in :: one_in]:
        report = run(exercise, LocalAnswer(mistake.function, {**reference.names, **exercise.stand_ins}), seed=seed, transcript=known)
        if report.status is Status.ERROR:
            yield f"the mistake {mistake.name} makes our own code fail: {report.detail}; mend the check"
        elif report.points >= exercise.points:
            yield f"the mistake {mistake.name} gets full marks; add a check that it breaks, or drop it"
        elif report.mistake != mistake.name:
            yield f"the mistake {mistake.name} is taken for {report.mistake or 'none that is known'}; give it cases on which it stands out"


def _written(value):
    """A case as something that compares by what it says: functions by their text, arrays by their bytes."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, (list, tuple)):
        return [_written(item) for item in value]
    if isinstance(value, dict):
        return [(key, _written(item)) for key, item in value.items()]
    if isinstance(value, Function):
        return value.source
    if isinstance(value, CheckOnly):
        return _written(value.value)
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    return repr(value)


def _stub(exercise: Exercise, reference: LocalAnswer, stub: str | None) -> Iterator[str]:
    if stub is None:
        yield f'its cell is not in the released notebook; add  # %% exercise="{exercise.name}"  and run  make build'
        return
    names = dict(reference.names)
    names.pop(exercise.name, None)
    try:
        exec(compile(stub, "<stub>", "exec"), names)
    except NotImplementedError:
        yield "the stub raises already when its cell is run; put the solution inside the function"
        return
    except Exception as error:
        yield f"the stub does not run: {type(error).__name__}: {error}; what stands around the solution must be whole without it"
        return
    if exercise.name not in names:
        yield f"the stub does not define {exercise.name}; put the solution markers inside the function"
        return
    report = run(exercise, LocalAnswer(names[exercise.name], names))
    if (report.status, report.points) != (Status.NOT_ATTEMPTED, 0):
        yield f"the stub is told '{report.status.value}' with {report.points:g} points; it must raise NotImplementedError when it is called"


def _missed(report) -> str:
    return f"'{report.first_miss.sentence}'" if report.first_miss else f"({report.detail})"


def _cells(path: Path) -> dict[str, str]:
    """Sources of the exercise cells by name."""
    if not path.exists():
        return {}
    cells = nbformat.read(path, as_version=4).cells
    return {c.metadata["nbgrader"]["grade_id"]: c.source for c in cells if c.metadata.get("nbgrader", {}).get("solution")}


def outputs(course: Course, only: str = "") -> Iterator[str]:
    """Notebooks with outputs or execution counts."""
    for path in _notebooks(course, only):
        cells = nbformat.read(path, as_version=4).cells
        if any(cell.get("outputs") or cell.get("execution_count") for cell in cells):
            yield f"{path.relative_to(course.root)} has outputs; run  make build"


def links(course: Course, only: str = "") -> Iterator[str]:
    """Relative links that lead nowhere, and data that is not what SHA256SUMS says."""
    for path in _notebooks(course, only):
        if course.notebooks not in path.parents:
            continue
        for cell, target in relative_links(path):
            if not (path.parent / target).exists():
                yield f"{path.relative_to(course.root)}, cell {cell}: the link {target} leads nowhere; mend it in solutions/{path.stem}.py"
    sums = course.root / "data" / "SHA256SUMS"
    for line in sums.read_text(encoding="utf-8").splitlines() if sums.exists() else ():
        digest, _, name = line.partition(" ")
        file = sums.parent / name.strip().lstrip("*")
        if not file.exists():
            yield f"data/{file.name} is missing; restore it from the repository"
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            yield f"data/{file.name} is not the file in SHA256SUMS; restore it from the repository"


def _notebooks(course: Course, only: str) -> list[Path]:
    found = [path for folder in (course.solutions, course.notebooks) for path in folder.glob(f"{only or '*'}/*.ipynb")]
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def _machine(course: Course, say) -> int:
    """The table of sandbox levels; grading needs at least "standard"."""
    if sys.platform != "linux":
        say(f"  {LINUX_ONLY}")
        return 0
    from ..judge.sandbox.cgroups import delegated
    from ..judge.sandbox.levels import kernel, table

    say("  what confines student code on this machine:")
    safe = False
    for level, rows in table(course.root):
        if isinstance(rows, str):
            say(f"    {level:9} ✗ {rows}")
            continue
        safe |= level != "weak"
        held = sum(row.holds for row in rows)
        say(f"    {level:9} ✓ {held} of {len(rows)} attempts are stopped")
        for row in rows:
            if not row.holds:
                say(f"              open: {row.what}{f' ({row.detail})' if row.detail else ''}")
    group, why = delegated()
    say(
        f"    cgroup    ✓ each sandbox's memory, swap and processes are limited together, below {group}"
        if group
        else f"    cgroup    ✗ limits of memory are for each process only. {why}"
    )
    level, rows = kernel(course.root)
    say(
        f"    --engine kernel ✗ {rows}"
        if isinstance(rows, str)
        else f"    --engine kernel ✓ {sum(row.holds for row in rows)} of {len(rows)} attempts are stopped at level {level}"
    )
    if not safe:
        say("    grading other people's notebooks needs level standard or full; the lines above say how to get there")
    return 0  # learners need no sandbox: what is missing here is told, and is no fault of the course
