"""What a notebook finds where it imports `autograder` and `explorers`: stubs that judge nothing and draw nothing."""

from __future__ import annotations

import sys
import types


class Harmless:
    """Stands for whatever an explorer returns: it can be called, indexed and iterated, and shows nothing."""

    def __getattr__(self, name):
        if name.startswith("_"):  # IPython asks objects for their _repr_html_ and the like
            raise AttributeError(name)
        return Harmless()

    def __call__(self, *args, **kwargs):
        return Harmless()

    def __iter__(self):
        return iter(())

    def __getitem__(self, key):
        return Harmless()

    def __repr__(self):
        return ""

    def _ipython_display_(self):
        """Shows nothing, which spares IPython asking for every form it could be shown in."""


def install_stubs(data: str) -> None:
    """Put stub modules where a notebook imports `autograder` and `explorers`."""
    grader = types.ModuleType("autograder", "Nothing is judged here: the judge does that outside.")
    grader.__all__ = ["check", "hint", "home", "mine", "predict", "progress", "reset", "solution", "today", "where", "dataset"]
    for name in grader.__all__:
        setattr(grader, name, lambda *args, **kwargs: None)
    try:
        from ...shared.datasets import dataset_from  # a later lesson's helper; reads CSV files from the folder it is given
    except ImportError:
        pass
    else:
        grader.dataset = lambda name: dataset_from(data, name)
    drawings = types.ModuleType("explorers", "Nothing is drawn here.")

    def attribute(name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()

    drawings.__getattr__ = attribute
    sys.modules["autograder"], sys.modules["explorers"] = grader, drawings
