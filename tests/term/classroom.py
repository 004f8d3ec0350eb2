"""A small course whose notebooks are a few lines, and archives as learning platforms make them."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

from autograder.files.course import Course

LESSON, OTHER = "01_derivative", "02_numerical_derivative"


def notebook(lesson=LESSON, said="") -> bytes:
    """A hand-in for the lesson; another `said` makes another file."""
    cells = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {"nbgrader": {"grade_id": name}},
            "source": said,
            "outputs": [],
            "execution_count": None,
        }
        for i, name in enumerate((f"{lesson}-one", f"check-{lesson}-one"))
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def zipped(files, path: Path | None = None, date=(2026, 1, 12, 18, 30, 0)):
    """The files, (name, data) or (name, data, date), as a ZIP: its bytes, or at `path`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, *when in files:
            info = zipfile.ZipInfo(name, date_time=(*when, date)[0])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    if path is None:
        return stream.getvalue()
    path.write_bytes(stream.getvalue())
    return path


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def empty_course(root: Path) -> Course:
    """A course with two released lessons and nothing handed in."""
    course = Course(root)
    for lesson in (LESSON, OTHER):
        path = course.release(lesson)
        path.parent.mkdir(parents=True)
        path.write_bytes(notebook(lesson))
    return course
