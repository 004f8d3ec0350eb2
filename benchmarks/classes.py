"""A class to be graded in a folder of its own, and what a command on it takes: for the benchmarks beside it."""

from __future__ import annotations

import compileall
import contextlib
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
_PR_SET_CHILD_SUBREAPER = 36
_ENVIRONMENT = dict(os.environ)


def count_all_children() -> None:
    """Let this process inherit what outlives the processes that it starts, so that `measure` counts a sandbox as well."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def make_class(root: Path, lesson: str, size: int) -> list[str]:
    """A course in `root` with `size` submissions: two thirds right in everything, one third with an exercise not done."""
    for folder in ("solutions", "notebooks"):
        shutil.copytree(REPO / folder / lesson, root / folder / lesson)
    for folder in ("autograder", "data"):  # the command grades the course that it lies in
        shutil.copytree(REPO / folder, root / folder)
    compileall.compile_dir(root / "autograder", quiet=1)  # as it is after its first use, and nbgrader after it was installed
    shutil.copy(REPO / "nbgrader_config.py", root)
    (root / "work").mkdir()
    cells = json.loads((root / "solutions" / lesson / f"{lesson}.ipynb").read_text())["cells"]
    answers = {cell["metadata"]["exercise"]: cell["source"] for cell in cells if is_answer(cell)}
    names = [f"student{i:04}" for i in range(size)]
    for i, name in enumerate(names):
        notebook = json.loads((root / "notebooks" / lesson / f"{lesson}.ipynb").read_text())
        mine = [cell for cell in notebook["cells"] if is_answer(cell)]
        for place, cell in enumerate(mine):
            if i % 3 or place != i % len(mine):
                cell["source"] = answers[cell["metadata"]["exercise"]]
        notebook["cells"].append({"cell_type": "markdown", "id": f"by-{name}", "metadata": {}, "source": name})
        place = root / "work" / "submitted" / name / lesson
        place.mkdir(parents=True)
        (place / f"{lesson}.ipynb").write_text(json.dumps(notebook))
    return names


def is_answer(cell: dict) -> bool:
    """Whether a notebook's cell is one that a student writes."""
    return cell["metadata"].get("nbgrader", {}).get("solution") is True


def measure(command: list[str], cwd: Path) -> dict:
    """Run a command to its end: wall and processor seconds of it and all below it, and the largest process's memory."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**_ENVIRONMENT, "PYTHONPATH": str(REPO), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    wall = time.perf_counter() - start
    with contextlib.suppress(ChildProcessError):  # a sandbox outlives the process that started it, and then is ours to count
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:4])} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "memory": after.ru_maxrss / 1024, "told": done.stdout.strip()}
