"""`nbgrader collect` takes a hand-in as that of the account whose it is, and nothing that a student could not have read."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from ..files.names import for_terminal
from ..files.plain_files import NotPlain, read_plain


class CollectFromOwner(ExchangeCollect):
    """nbgrader's own step, which warns of a hand-in under another's name and takes it, and follows links with the graders' rights.

    On one machine a student could hand in, for somebody else, or a link to the solutions, and get them back as feedback.
    """

    def _path_to_record(self, path: str) -> dict:
        import pwd  # Unix only, as nbgrader's exchange is

        record = super()._path_to_record(path)
        owner = os.lstat(path).st_uid
        if not self.check_owner or owner in (0, os.getuid()):
            return record  # what an administrator or a grader put there is believed
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = record["username"]
        if name != record["username"]:
            self.log.warning(
                "A hand-in says that it is of %s and belongs to %s: it counts as theirs",
                for_terminal(record["username"]),
                for_terminal(name),
            )
        return {**record, "username": name}

    def do_copy(self, src: str, dest: str, log=None) -> None:
        """Copy plain files alone, no larger than nbgrader's limits, whatever the student changes meanwhile."""
        most, left = self.coursedir.max_file_size * 1000, self.coursedir.max_dir_size * 1000
        with tempfile.TemporaryDirectory(prefix="collect-") as folder:
            taken = Path(folder) / "taken"
            taken.mkdir()
            for path in _plain_files(Path(src)):
                inside = path.relative_to(src)
                try:
                    data = read_plain(path, Path(src).parent, max(0, min(most, left)))
                except OSError as problem:
                    why = problem if isinstance(problem, NotPlain) else problem.strerror
                    self.log.warning("Not collected: %s: %s", for_terminal(str(path)), for_terminal(str(why)))
                    continue
                left -= len(data)
                target = taken / inside
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            super().do_copy(str(taken), dest, log)


def _plain_files(folder: Path):
    """What lies below the folder and is no folder, in order, links included: who reads them refuses them. A folder that is a link is not entered."""
    if stat.S_ISLNK(os.lstat(folder).st_mode):
        yield folder
        return
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(files))
