"""`nbgrader release_assignment` puts into the exchange what `handout` gives out: a lesson's released files, and no others."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseAssignment

from ..files.course import Course


class ReleaseFromAllowList(ExchangeReleaseAssignment):
    """nbgrader's own step, which would copy whatever lies in the folder of the release."""

    def init_src(self) -> None:
        super().init_src()
        strangers = Course(Path(self.coursedir.root)).strangers(self.coursedir.assignment_id)
        if strangers:
            names = ", ".join(path.name for path in strangers)
            self.fail(
                f"{names} in {self.src_path} belongs to no lesson: it was not released from solutions/. Take it out and release again."
            )

    def do_copy(self, src, dest, log=None) -> None:
        with tempfile.TemporaryDirectory(prefix="release-") as folder:
            for path in Course(Path(self.coursedir.root)).released(self.coursedir.assignment_id):
                target = Path(folder) / path.relative_to(src)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target)
            Path(folder).chmod(0o755)  # it becomes the folder that students read
            super().do_copy(folder, dest, log)
