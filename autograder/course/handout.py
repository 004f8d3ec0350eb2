"""What students get: ZIP archives of the course and of its lessons, put together from an allow-list and from nothing else."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course
from ..writing.exercise import Lesson
from .leaks import leaks_in
from .links import relative_links
from .wheel import build_wheel
from .zipped import unzipped, zipped

FOLDER = "from-h-to-eta"  # what comes out of each archive
_PACK = Path(__file__).resolve().parent / "pack"
_DATA = ("README.md", "SHA256SUMS", "make.py")  # and the files that SHA256SUMS lists
_FEW = 12  # names in a list that a person reads


@dataclass(frozen=True)
class Archive:
    """An archive to hand out: its file's name, and the bytes of its files by their paths below `FOLDER`."""

    name: str
    files: dict[str, bytes]

    def packed(self) -> bytes:
        """The ZIP file: files in order, without any date or right of this machine."""
        return zipped({f"{FOLDER}/{name}": data for name, data in sorted(self.files.items())})


class NotSound(RuntimeError):
    """Nothing was handed out; the text has a line for each reason, with its remedy."""


def archives(course: Course, lessons: dict[str, Lesson], only: list[str] | None = None) -> list[Archive]:
    """The archives of the lessons, those called `only` or all, and with all of them the whole course's. Nothing is written.

    Raises `NotSound` for files that no lesson releases and files that did not come into the wheel, and `wheel.NoWheel`.
    """
    problems = [
        f"{path.relative_to(course.root).as_posix()} belongs to no lesson; take it out (make build removes it)"
        for name in lessons
        for path in course.strangers(name)
    ]
    problems += [f"notebooks/{name}/{name}.ipynb is missing; run  make build" for name in lessons if not course.release(name).is_file()]
    if problems:
        raise NotSound("\n".join(problems))
    wheel, data = build_wheel(course)
    inside_it = {name.removeprefix("autograder/handout/") for name in unzipped(data)}
    released = {name: _read(course, course.released(name)) for name in lessons}
    if missing := sorted(path for files in released.values() for path in files if path not in inside_it):
        raise NotSound(
            "\n".join(f"{path} is not in the wheel; name its kind in pyproject.toml, below [tool.hatch…wheel]" for path in missing)
        )
    common = {wheel: data, "LICENSE.txt": (course.root / "LICENSE").read_bytes(), "start.py": _starter(wheel), **_data(course)}
    made = [
        Archive(f"{FOLDER}-{name}.zip", {**common, **released[name], **_linked(course, name), "README.txt": _readme(wheel, lesson)})
        for name, lesson in lessons.items()
        if not only or name in only
    ]
    if not only:
        together = {path: data for files in released.values() for path, data in files.items()}
        made.insert(0, Archive(f"{FOLDER}.zip", {**common, **together, "README.txt": _readme(wheel)}))
    return made


def answers_in(made: list[Archive], course: Course, lessons: dict[str, Lesson]) -> Iterator[str]:
    """Every answer that can be read in one of the archives; a file that several hold is looked at, and told, once."""
    files = {(path, data): f"{archive.name}/{path}" for archive in reversed(made) for path, data in archive.files.items()}
    yield from leaks_in(((name, data) for (_, data), name in files.items()), course, lessons)


def hand_out(made: list[Archive], folder: Path) -> Iterator[str]:
    """Write the archives into `folder` and tell of each what is new in it; one that is as it was is left alone. Raises `OSError`.

    What is new in the wheel, which is the same in all, is told once, at the end.
    """
    programs = ""
    for archive in made:
        path, new = folder / archive.name, archive.packed()
        old = path.read_bytes() if path.exists() else b""
        if old != new:
            write_atomically(path, new)
        before = _before(old)
        if old == new:
            news = "as it was"
        elif before is None:
            news = "in place of a file that was no archive" if old else f"new, with {len(archive.files)} files"
        else:
            news = _news(before, archive.files) or "the same files, packed anew"
            programs = programs or _news(_in_wheel(before), _in_wheel(archive.files))
        yield f"{path}: {len(new) / 1e6:.1f} MB, {news}"
    if programs:
        yield f"What is new in the wheel: {programs}"


def _before(old: bytes) -> dict[str, bytes] | None:
    """The files of an archive that was handed out before; None for what is no archive."""
    try:
        return {path.removeprefix(f"{FOLDER}/"): data for path, data in unzipped(old).items()}
    except zipfile.BadZipFile:
        return None


def _in_wheel(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files in the wheel among `files`; its own list of them aside."""
    wheels = [data for path, data in files.items() if path.endswith(".whl") and zipfile.is_zipfile(io.BytesIO(data))]
    return {name: part for data in wheels for name, part in unzipped(data).items() if not name.endswith("/RECORD")}


def _news(before: dict[str, bytes], now: dict[str, bytes]) -> str:
    """In what files differ from those before, by name; of more than a few the first are named."""
    kinds = {
        "changed": [path for path in now if path in before and now[path] != before[path]],
        "added": [path for path in now if path not in before],
        "gone": [path for path in before if path not in now],
    }
    return "; ".join(
        f"{what}: {', '.join(sorted(paths)[:_FEW])}{f' and {len(paths) - _FEW} more' if len(paths) > _FEW else ''}"
        for what, paths in kinds.items()
        if paths
    )


def _read(course: Course, paths: list[Path]) -> dict[str, bytes]:
    return {path.relative_to(course.root).as_posix(): path.read_bytes() for path in paths}


def _data(course: Course) -> dict[str, bytes]:
    """The data sets, and what says where they come from."""
    sums = (course.data / "SHA256SUMS").read_text(encoding="ascii")
    return _read(course, [course.data / name for name in (*_DATA, *(line.split()[1] for line in sums.splitlines()))])


def _linked(course: Course, lesson: str) -> dict[str, bytes]:
    """The pages and pictures of other lessons that a lesson's notebook links to: notation.md. A notebook is no part of another lesson."""
    page = course.release(lesson)
    targets = {Path(os.path.normpath(page.parent / target)) for _, target in relative_links(page)}
    others = [
        path for other in course.notebooks.iterdir() if other.is_dir() and other.name != lesson for path in course.released(other.name)
    ]
    return _read(course, [path for path in others if path in targets and path.suffix != ".ipynb"])


def _starter(wheel: str) -> bytes:
    text = (_PACK / "start.py").read_text(encoding="utf-8")
    assert '"from_h_to_eta.whl"' in text, "start.py lost the place for the wheel's name"
    return text.replace('"from_h_to_eta.whl"', f'"{wheel}"').encode()


def _readme(wheel: str, lesson: Lesson | None = None) -> bytes:
    what = (
        f"The lesson {lesson.name}, {lesson.title}, of a course of interactive notebooks. Links to other lessons work once you have those as well."
        if lesson
        else "A course of interactive notebooks that takes you from the difference quotient to a trained neural network."
    )
    name = lesson.name if lesson else "01_derivative"
    return (_PACK / "README.txt").read_text(encoding="utf-8").format(what=what, lesson=name, wheel=wheel).encode()
