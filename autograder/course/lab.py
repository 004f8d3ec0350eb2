"""How JupyterLab opens on the course: its defaults, the layout of the first day, and what it is started with."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import webbrowser
from pathlib import Path

from ..shared.threads import ONE_THREAD

DEFAULTS = Path(__file__).resolve().parent / "jupyter"
_STARTUP = "PYTHONSTARTUP"
_CONFIG, _WORKSPACES = "JUPYTER_CONFIG_PATH", "JUPYTERLAB_WORKSPACES_DIR"
_LAYOUTS = ".layout"  # the folder in study/ where JupyterLab keeps what its window looks like
_HOME = ".home"  # the folder in study/ for what else lies in a home
_OF_A_HOME = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
# The table of contents beside the lesson: its headings are the way through. JupyterLab itself would open the list of files.
_FIRST_LAYOUT = {
    "data": {
        "layout-restorer:data": {
            "main": {"dock": None, "current": None},
            "down": {"size": 0, "widgets": []},
            "left": {
                "collapsed": False,
                "visible": True,
                "current": "@jupyterlab/toc:plugin",
                "widgets": ["filebrowser", "running-sessions", "@jupyterlab/toc:plugin", "extensionmanager.main-view"],
            },
            "right": {"collapsed": True, "visible": True, "widgets": ["jp-property-inspector", "debugger-sidebar"]},
            "relativeSizes": [0.22, 0.78, 0],
            "top": {"simpleVisibility": True},
        }
    },
    "metadata": {"id": "default"},
}


def kernel_environment() -> dict[str, str]:
    """What every learner's kernel starts with: as many threads as in grading, and a file that says, in a new kernel, which cell comes first."""
    return {**ONE_THREAD, _STARTUP: str(DEFAULTS / "startup.py")}


def prepare(study: Path) -> None:
    """Set the environment that JupyterLab and its kernels start with, and on the first day its layout, kept in the folder `study` from then on.

    No question about news and nothing fetched to look for updates, no teacher's tools, long lines of code wrapped (jupyter/labconfig/), and what `kernel_environment` has.
    """
    os.environ[_CONFIG] = os.pathsep.join(filter(None, (str(DEFAULTS), os.environ.get(_CONFIG))))
    for name, value in kernel_environment().items():
        os.environ.setdefault(name, value)
    if _WORKSPACES not in os.environ:
        layouts = study / _LAYOUTS
        os.environ[_WORKSPACES] = str(layouts)
        if not layouts.exists():
            _lay_out(layouts)


def without_a_home(study: Path) -> str:
    """Where the home folder cannot be written, let Jupyter, IPython and matplotlib keep what is theirs in the folder `study`, and say so; "" elsewhere."""
    home = Path.home()
    there = next((folder for folder in (home, *home.parents) if folder.exists()), home)
    if not there.is_dir() or os.access(there, os.W_OK):
        return ""
    for name in _OF_A_HOME:
        os.environ.setdefault(name, str(study / _HOME / name.lower()))
    return f"{home} cannot be written; what Jupyter keeps for you lies in {study / _HOME}."


def _lay_out(folder: Path) -> None:
    """Write the layout of the first day; without it JupyterLab opens with its own."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    try:
        WorkspacesManager(str(folder)).save("default", json.dumps(_FIRST_LAYOUT))
    except OSError:
        pass  # a disk that cannot be written is told by whoever needs it


def without_a_browser() -> str:
    """What to do where no browser can be opened: over SSH, or on a machine that has none; "" where one can. The address itself is printed by JupyterLab."""
    seen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")) or sys.platform != "linux"
    if not seen and (connection := os.environ.get("SSH_CONNECTION", "").split()):
        there = f"{os.environ.get('USER') or 'YOU'}@{connection[2] if len(connection) == 4 else 'THIS_MACHINE'}"
        return (
            f"You are connected by SSH. On your own machine run  ssh -N -L PORT:localhost:PORT {there}  with the number after localhost: "
            "in the address below as PORT, and open that address there."
        )
    with contextlib.suppress(webbrowser.Error):
        if seen and webbrowser.get():
            return ""
    return "No browser was found here. Open the address that JupyterLab prints below in one that you have."


def options(study: Path, first: Path | None) -> list[str]:
    """What `jupyter lab` is started with; `first` is the notebook that it opens."""
    found = [
        f"--ServerApp.root_dir={study}",
        "--ServerApp.jpserver_extensions=explorers.server=True",  # takes a network delay off every slider step
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found.append("--allow-root")  # in a container people are often root, and JupyterLab would refuse to start
    if first and first.exists():
        found.append(f"--LabApp.default_url=/lab/tree/{first.relative_to(study).as_posix()}")
    return found
