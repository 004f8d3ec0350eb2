"""The scene of every explorer, found by name: what `tests/explorers`, `tests/browser` and `benchmarks/explorers.py` go through."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import explorers


def maker(name: str) -> Callable | None:
    """The function that makes the scene of the explorer called `name`: `scene`, in the module where it is at home."""
    return getattr(import_module(getattr(explorers, name).__module__), "scene", None)


SCENES = {name: make() for name in explorers.__all__ if (make := maker(name))}
NAMES = tuple(SCENES)  # `reveal` is a question, not a picture
