"""Files that a page needs and Python's packages lack: fetched once by npm, kept in a folder that git ignores.

Only the packed files are fetched, no dependencies and no install scripts: what is wanted of each package is one bundled file.
`python -m autograder.course.npm` fetches all of them, so that the tests need not: these run without a network.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from ..files.atomic import write_atomically
from ..files.course import Course

# package -> version and the one file of it that is wanted
REQUIRE = ("requirejs", "2.3.8", "require.js")
WIDGETS = ("@jupyter-widgets/html-manager", "1.0.15", "dist/embed-amd.js")
MATHJAX = ("mathjax", "3.2.2", "es5/tex-svg-full.js")  # letters as paths: no font files beside it
AXE = ("axe-core", "4.14.1", "axe.min.js")
GET_NPM = "npm is missing: install Node.js 18 or newer, which brings it (Debian, Ubuntu: `apt-get install nodejs npm`), and run this again."


class NoWeb(RuntimeError):
    """npm is not there, or could not fetch. The message says what to do."""


def fetch(package: tuple[str, str, str], cache: Path | None = None) -> Path:
    """The file of a package, fetched when it is not in the cache yet. Raises `NoWeb`."""
    name, version, inside = package
    kept = (cache or Course.at().root / "build" / "npm") / f"{name.replace('/', '-').strip('@')}-{version}" / Path(inside).name
    if kept.exists():
        return kept
    npm = shutil.which("npm")
    if npm is None:
        raise NoWeb(GET_NPM)
    with tempfile.TemporaryDirectory(prefix="npm-") as folder:
        command = [npm, "pack", f"{name}@{version}", "--pack-destination", folder, "--loglevel", "error"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
        packed = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(packed) != 1:
            raise NoWeb(
                f"npm could not fetch {name} {version}:\n{done.stderr.strip() or done.stdout.strip()}\nIs the network there? For tests it is off: `python -m autograder.course.npm` fetches before them."
            )
        with tarfile.open(packed[0]) as archive:
            file = archive.extractfile(f"package/{inside}")
            write_atomically(kept, file.read())
    return kept


def main() -> int:
    """Fetch what is missing and say what could not be; never a failure, for most of the course needs none of it."""
    for package in (REQUIRE, WIDGETS, MATHJAX, AXE):
        try:
            fetch(package)
        except NoWeb as problem:
            print(problem)
            break
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
