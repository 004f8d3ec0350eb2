"""The scene of every explorer, found by name: what `tests/explorers`, `tests/browser` and `benchmarks/explorers.py` go through."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import explorers


def maker(name: str) -> Callable | None:
    """The function that describes the explorer called `name`: ``order_explorer`` has ``order_scene``, most modules have one ``scene``."""
    module = import_module(f"explorers.{explorers._HOME[name]}")
    own = f"{name.removesuffix('_explorer')}_scene"
    return getattr(module, own, None) or getattr(module, "scene", None)


SCENES = {name: make() for name in explorers.__all__ if (make := maker(name))}
BY_HAND = ("secant_explorer", "microscope")  # explorers that are no scenes; `reveal` is a question, not a picture
NAMES = (*BY_HAND, *SCENES)
