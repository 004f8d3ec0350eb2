"""The learner's own copy of the notebooks: kept whatever happens, brought up to date where nothing was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import PACKAGED, Course, NoCourse

RECORD = ".handed_out.json"
_BESIDE = ("*.whl", "*.zip")  # what may lie in a folder that somebody made for the course


@dataclass
class StudyUpdate:
    """What an update did, as paths below study/: new copies, refreshed ones, untouched news, and work that was kept."""

    added: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    fresh: dict[str, list[str]] = field(default_factory=dict)  # what an offered notebook asks and the kept one does not, by its path
    notes: list[str] = field(default_factory=list)
    first: str = ""  # the notebook to open: the first that is new to somebody who has others, else the first of all

    def __str__(self) -> str:
        parts = []
        if self.added:
            parts.append(f"{len(self.added)} new: {', '.join(self.added)}")
        if self.refreshed:
            parts.append(f"{len(self.refreshed)} brought up to date: {', '.join(self.refreshed)}")
        for new in self.offered:
            asks = f". New in it: {', '.join(self.fresh[new])}" if self.fresh.get(new) else ""
            parts.append(f"study/{new} is the new version of a notebook you wrote in; yours is as you left it{asks}")
        parts += self.notes
        return "\n".join(parts) or "study/ is up to date"


def study_course(root: Path | None = None) -> Course:
    """The folder in which a learner studies: the repository, or, where the package was installed, a folder of theirs.

    That is `root`, or the nearest folder from here upwards, that holds notebooks that were handed out or a study/ of ours; or else
    `root` or the working folder when it is empty, as a new one is. Raises `NoCourse` for any other: nothing is put among other files.
    """
    if not PACKAGED.is_dir():
        return Course.at(root)
    here = Path(root).resolve() if root else Path.cwd()
    for folder in (here,) if root else (here, *here.parents):
        if any((folder / "notebooks").glob("*/*.ipynb")) or (folder / "study" / RECORD).is_file():
            return Course(folder)
    if not here.exists() or here.is_dir() and all(map(_may_lie_there, here.iterdir())):
        return Course(here)
    raise NoCourse(
        f"{here} holds no course, and other files. Go to the folder of the course, or begin in an empty one:  from-h-to-eta --course NEW_FOLDER study"
    )


def _may_lie_there(path: Path) -> bool:
    """Whether a file or folder is no reason against beginning beside it: hidden, an environment, the package itself."""
    return path.name.startswith(".") or any(path.match(name) for name in _BESIDE) or (path / "pyvenv.cfg").is_file()


def update_study(root: Path | None = None) -> StudyUpdate:
    """Bring `study/` up to date with `notebooks/` and return what was done. Never overwrites what the learner wrote.

    A notebook counts as written in when the source of any cell differs from what was handed out: running cells only adds
    outputs, which the new version makes again. When such a notebook has a new release, the release is laid beside it as
    NAME.new.ipynb. Files are replaced as a whole. Where no notebooks/ lies, those inside the installed package are handed out.
    """
    course = study_course(root)
    study, summary = course.study, StudyUpdate()
    notebooks = course.handed_out
    record = _read_record(study / RECORD, summary)
    for release in sorted(notebooks.glob("*/*.ipynb")):
        if ".ipynb_checkpoints" in release.parts:
            continue
        name = release.relative_to(notebooks).as_posix()
        _update(name, release.read_bytes(), study / name, record, summary)
    there = sorted(path.relative_to(notebooks).as_posix() for path in notebooks.glob("*/*.ipynb") if ".ipynb_checkpoints" not in path.parts)
    summary.first = next(iter(summary.added or there), "")
    for other in sorted(notebooks.glob("*/**/*")):
        name = other.relative_to(notebooks).as_posix()
        if other.is_file() and other.suffix != ".ipynb" and not any(part.startswith(".") for part in Path(name).parts):
            _update_file(name, other.read_bytes(), study / name, record)
    write_atomically(study / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")
    return summary


def _update(name: str, new: bytes, mine: Path, record: dict, summary: StudyUpdate) -> None:
    known = record.get(name, {})
    offer = mine.with_suffix(".new.ipynb")
    if not mine.exists():
        write_atomically(mine, new)
        record[name] = _handed_out(new)
        summary.added.append(name)
        return
    current = mine.read_bytes()
    if _sources(current) is not None and _sources(current) == _sources(new):  # nothing new for them; keep their outputs
        record[name] = _handed_out(new)
        offer.unlink(missing_ok=True)
    elif _digest(_sources(current)) == known.get("sources"):
        write_atomically(mine, new)
        record[name] = _handed_out(new)
        summary.refreshed.append(name)
        offer.unlink(missing_ok=True)
    else:
        summary.kept.append(name)
        # once is enough: who deletes the offer does not want it
        if _digest(new) not in (known.get("release"), known.get("offered")):
            write_atomically(offer, new)
            record[name] = {**known, "offered": _digest(new)}
            path = offer.relative_to(mine.parents[1]).as_posix()
            summary.offered.append(path)
            summary.fresh[path] = [name for name in _asked(new) if name not in _asked(current)]


def _update_file(name: str, new: bytes, mine: Path, record: dict) -> None:
    """Pictures and pages beside a notebook: brought up to date unless the learner changed them."""
    known = record.get(name, {}).get("release")
    if not mine.exists() or _digest(mine.read_bytes()) == known:
        if not mine.exists() or known != _digest(new):
            write_atomically(mine, new)
        record[name] = {"release": _digest(new)}


def _handed_out(data: bytes) -> dict:
    return {"release": _digest(data), "sources": _digest(_sources(data))}


def _digest(data) -> str:
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return hashlib.sha256(data).hexdigest()


def _sources(data: bytes) -> list | None:
    """Kinds and sources of all cells, or None for what is no notebook: a broken file is the learner's, and kept."""
    try:
        return [[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(data)["cells"]]
    except (ValueError, KeyError, TypeError):
        return None


def _asked(data: bytes) -> list[str]:
    """The exercises that a notebook checks, in its order; none of what is no notebook."""
    lines = (source.strip() for kind, source in _sources(data) or [] if kind == "code")
    return [line[6:-1] for line in lines if line.startswith("check(") and line.endswith(")") and line[6:-1].isidentifier()]


def _read_record(path: Path, summary: StudyUpdate) -> dict:
    """What was handed out so far; a lost or broken record makes every notebook count as written in."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        summary.notes.append(f"study/{RECORD} could not be read; every notebook that differs from its release is kept as yours")
        return {}
