"""How JupyterLab opens on the course: its defaults, the layout of the first day, and what it is started with."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..shared.threads import ONE_THREAD

DEFAULTS = Path(__file__).resolve().parent / "jupyter"
_STARTUP = "PYTHONSTARTUP"
_CONFIG, _WORKSPACES = "JUPYTER_CONFIG_PATH", "JUPYTERLAB_WORKSPACES_DIR"
_LAYOUTS = ".layout"  # the folder in study/ where JupyterLab keeps what its window looks like
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

    No question about news and nothing fetched to look for updates, no teacher's tools (jupyter/labconfig/), and what `kernel_environment` has.
    """
    os.environ[_CONFIG] = os.pathsep.join(filter(None, (str(DEFAULTS), os.environ.get(_CONFIG))))
    for name, value in kernel_environment().items():
        os.environ.setdefault(name, value)
    if _WORKSPACES not in os.environ:
        layouts = study / _LAYOUTS
        os.environ[_WORKSPACES] = str(layouts)
        if not layouts.exists():
            _lay_out(layouts)


def _lay_out(folder: Path) -> None:
    """Write the layout of the first day; without it JupyterLab opens with its own."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    try:
        WorkspacesManager(str(folder)).save("default", json.dumps(_FIRST_LAYOUT))
    except OSError:
        pass  # a disk that cannot be written is told by whoever needs it


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
