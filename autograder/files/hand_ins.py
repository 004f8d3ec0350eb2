"""What lies in work/submitted where nobody looks, and who may change what was handed in."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from .course import Course, lies_there

_SYSTEMS_OWN = {".DS_Store", ".gitignore", ".gitkeep", "Thumbs.db", "desktop.ini"}  # files that no student made
_MOST = 50  # entries of one folder that are told one by one
_OTHERS = stat.S_IRWXO


def passed_over(course: Course, lesson: str) -> list[str]:
    """What nobody grades in work/submitted, a sentence each, in order: hidden, at the wrong depth, under another name."""
    known, top = {lesson, *_names(course.notebooks), *_names(course.solutions)}, course.hand_ins
    return [sentence for name in sorted(_names(top)) if name not in _SYSTEMS_OWN for sentence in _about(top / name, lesson, known)]


def _about(path: Path, lesson: str, known: set[str]) -> Iterator[str]:
    """What is to be said of one entry of work/submitted."""
    name = path.name
    if name.startswith("."):
        yield f"{name} is hidden and was passed over; name the folder after the student"
        return
    if name in known:
        yield f"{name} lies where students' folders lie; the order is STUDENT/{lesson}/{lesson}.ipynb"
        return
    if path.is_symlink() and not lies_there(path / lesson):
        yield f"{name} is a link, which is not followed; put the student's folder there"
        return
    try:
        found = sorted(os.listdir(path))
    except NotADirectoryError:
        yield f"{name} lies outside any student's folder; the place is STUDENT/{lesson}/{lesson}.ipynb"
        return
    except OSError as problem:
        if not lies_there(path / lesson):  # else it is in the class, and its verdict says this
            yield f"{name} cannot be looked into ({problem.strerror})"
        return
    if not found:
        yield f"{name} is an empty folder"
    strange = [entry for entry in found if entry not in known and entry not in _SYSTEMS_OWN]
    for entry in strange[:_MOST]:
        yield f"{name}/{entry} is no lesson's folder; the place is {name}/{lesson}/{lesson}.ipynb"
    if strange[_MOST:]:
        yield f"{name}: {len(strange) - _MOST} more entries that are no lesson's folder"
    if lesson in found:
        yield from _beside(path / lesson, f"{name}/{lesson}")


def _beside(folder: Path, shown: str) -> Iterator[str]:
    """Other notebooks where a lesson's notebook should lie."""
    wanted = f"{folder.name}.ipynb"
    if folder.is_symlink():
        return  # the verdict says this
    others = [name for name in sorted(_names(folder)) if name.endswith(".ipynb") and name != wanted]
    if len(others) == 1 and not os.path.lexists(folder / wanted):
        yield f"{shown}/{others[0]} is the only notebook there; if it is the one, call it {wanted} and grade again"
        return
    for name in others[:_MOST]:
        yield f"{shown}/{name} was not looked at; only {wanted} is graded"
    if others[_MOST:]:
        yield f"{shown}: {len(others) - _MOST} more notebooks were not looked at"


def close_to_others(course: Course, lesson: str) -> str:
    """Take from everybody on the machine what `nbgrader collect` gives them on hand-ins (mode 777); owner and group keep what they have.

    Returns a sentence on what was done, "" where nothing was to be done. Links are not followed. Linux only; elsewhere nothing is done.
    """
    opened, refused = 0, 0
    if not os.path.isdir("/proc/self/fd"):
        return ""
    top = str(course.hand_ins)
    inner = ("", f"/{lesson}", f"/{lesson}/{lesson}.ipynb", f"/{lesson}/timestamp.txt")
    for path in (top, *(f"{top}/{name}" for name in _names(course.hand_ins))):
        for place in (path + part for part in (inner if path != top else inner[:1])):
            with contextlib.suppress(OSError):
                found = os.lstat(place)
                if stat.S_ISLNK(found.st_mode):
                    break
                if not found.st_mode & stat.S_IWOTH:
                    continue
                try:
                    _without(place, _OTHERS)
                    opened += 1
                except PermissionError:
                    refused += 1
    sentences = []
    if opened:
        sentences.append(
            f"{opened} files and folders in work/submitted could be changed by everybody on this machine, as nbgrader collect leaves them; "
            "now only by their owner and group"
        )
    if refused:
        sentences.append(f"{refused} files and folders in work/submitted can be changed by everybody and are not yours to mend")
    return "; ".join(sentences)


def _without(place: str, bits: int) -> None:
    """Take `bits` from the mode of what lies there, which may not have become a link meanwhile."""
    handle = os.open(place, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISLNK(mode):
            os.chmod(f"/proc/self/fd/{handle}", stat.S_IMODE(mode) & ~bits)
    finally:
        os.close(handle)


def _names(folder: Path) -> list[str]:
    """The names in a folder; none where there is no such folder."""
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        if folder.name == "submitted":
            raise
        return []
