"""Proves that an archive for students is enough: unpacked and installed in an environment of its own, its `check` judges as at home."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat

from ..engine.messages import number
from ..files.course import Course
from ..writing.exercise import Lesson
from .handout import FOLDER, Archive, NotSound, answers_in, archives
from .wheel import NoWheel

# runs in the new environment: all answers of a lesson are defined, then one is judged
_CHECKS = """
import json, sys
import autograder
told = {"file": autograder.__file__, "rows": [len(next(iter(autograder.dataset(name).values()))) for name in ("penguins", "longley", "digits")]}
for name, (imports, answers, exercise) in json.load(sys.stdin).items():
    names = {"__name__": "__main__"}
    for source in imports + answers:
        exec(source, names)
    told[name] = autograder.check(names[exercise]).points
print(json.dumps(told))
"""
_ROWS = [333, 16, 1797]


def unfit(course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """What `handout` would refuse, and what does not work in an environment that is made from the whole course's archive alone."""
    if not (course.root / "pyproject.toml").is_file():
        return  # a course without a package of its own hands out no archives, and `handout` says so
    try:
        made = archives(course, lessons)
    except (NotSound, NoWheel) as problem:
        yield from str(problem).splitlines()
        return
    yield from answers_in(made, course, lessons)
    yield from failures(made[0], course, lessons)


def unpack(archive: Archive, where: Path) -> Path:
    """The archive, unpacked in `where` as a student would; the folder that comes out."""
    with zipfile.ZipFile(io.BytesIO(archive.packed())) as packed:
        packed.extractall(where)
    return where / FOLDER


def environment(folder: Path, wheel: Path) -> Path:
    """A new environment in `folder` with the wheel, and nothing fetched: other libraries are read where this Python has them. Its Python.

    Raises `RuntimeError` with what venv or pip said.
    """
    try:
        venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(folder)
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(f"no environment could be made: {error}") from None
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # --ignore-installed: what this environment has of ours is neither seen nor touched
    options = ("--no-index", "--no-deps", "--ignore-installed", "--quiet", "--disable-pip-version-check")
    _run([sys.executable, "-m", "pip", "--python", python, "install", *options, wheel], folder.parent)
    home = _run([python, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder.parent).strip()
    # a path in a .pth is searched after the environment's own, and .pth files that lie there (an editable installation of ours) are not read
    libraries = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (Path(home) / "libraries.pth").write_text("".join(f"{place}\n" for place in libraries), encoding="utf-8")
    return python


def failures(archive: Archive, course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """What does not work of the archive in such an environment: the copies to study with, the data, `check` of a stub and of our answer.

    Of each of the `lessons` the first exercise is judged.
    """
    with tempfile.TemporaryDirectory(prefix="a student's ") as place:
        folder = unpack(archive, Path(place))
        try:
            python = environment(folder / ".venv", next(folder.glob("*.whl")))
            said = _run([python, "-I", "-m", "autograder", "--course", folder, "study", "--no-open"], folder)
            stubs = _checked(
                python, folder, {name: _cells(folder / "study" / name / f"{name}.ipynb", lesson) for name, lesson in lessons.items()}
            )
            ours = _checked(python, folder, {name: _cells(course.source(name), lesson) for name, lesson in lessons.items()})
        except RuntimeError as error:
            yield f"{archive.name} does not work in a fresh environment: {error}"
            return
        if not Path(ours["file"]).is_relative_to(folder.resolve()):
            yield f"{archive.name}: not its own package was tried but {ours['file']}; report this"
        if ours["rows"] != _ROWS:
            yield f"{archive.name}: the data sets have {ours['rows']} rows there, not {_ROWS}; mend [tool.hatch.build.targets.wheel] in pyproject.toml"
        for name, lesson in lessons.items():
            exercise = next(iter(lesson.exercises.values()))
            if f"{name}/{name}.ipynb" not in said:
                yield f"{archive.name}: study hands out no {name} there; it said: {said}"
            if (stubs[name], ours[name]) != (0, exercise.points):
                yield (
                    f"{archive.name}: there check({exercise.name}) gives {number(stubs[name])} for the stub and {number(ours[name])} of "
                    f"{number(exercise.points)} for our answer; what it needs may be missing in pyproject.toml"
                )


def _checked(python: Path, folder: Path, cells: dict) -> dict:
    return json.loads(_run([python, "-I", "-c", _CHECKS], folder, json.dumps(cells)))


def _cells(notebook: Path, lesson: Lesson) -> tuple[list[str], list[str], str]:
    """The sources of a notebook's cells that import and nothing else of ours than answers need, of its answers, and the exercise to judge."""
    code = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    imports = [
        line for cell in code for line in cell.source.splitlines() if line.startswith(("import ", "from ")) and "explorers" not in line
    ]
    answers = [cell.source for cell in code if cell.metadata.get("exercise") in lesson.exercises and not cell.source.startswith("check(")]
    return imports, answers, next(iter(lesson.exercises))


def _run(command: list, folder: Path, told: str = "") -> str:
    """What a command prints. Raises `RuntimeError` with what it complained of."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "FROM_H_TO_ETA"))}
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**kept, "PYTHONIOENCODING": "utf-8"},
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError((done.stderr or done.stdout).strip()[-2000:])
    return done.stdout
