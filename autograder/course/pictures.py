"""What the explorers' pictures promise: sentences that say when they are true, and are; numbers in the text that are where a picture starts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import nbformat

from ..files.course import Course
from .dragged import misplaced


def untold() -> Iterator[str]:
    """What is wrong with the explorers' sentences: one without a predicate, or one that is false in a state that is near. Tests walk all states."""
    for name, module in _modules().items():
        scene = module.scene()
        menus = [{c.name: value} for c in scene.controls if c.kind != "slider" or len(c.values) <= 12 for value in c.values]
        for changes in ({}, *(preset.state for preset in scene.presets), *menus):
            try:
                words = scene.describe(**changes)
                if not words.told.holds():
                    yield f"{name} says {words.sentence!r} in the state {changes}, and that is false; mend it in {module.__name__}"
            except TypeError as error:
                yield f"{name}: {error}; mend it in {module.__name__}"
                break


def starts() -> dict[str, str]:
    """What the first slider of each explorer says at its start, by the explorer's name."""
    firsts = {name: module.scene().controls[0] for name, module in _modules().items()}
    return {name: control.text(control.start) for name, control in firsts.items()}


def unmoved(course: Course, only: str = "") -> Iterator[str]:
    """What is wrong with the numbers in the lessons' texts that move the picture below."""
    known = starts()
    for path in sorted(course.solutions.glob(f"{only or '*'}/*.ipynb")):
        for problem in misplaced(nbformat.read(path, as_version=4).cells, known):
            yield f"solutions/{path.stem}.py: {problem}"


def _modules() -> dict[str, ModuleType]:
    """The module of each explorer that has a picture, by the explorer's name; `reveal` is a question."""
    import explorers

    found = {name: import_module(getattr(explorers, name).__module__) for name in explorers.__all__}
    return {name: module for name, module in found.items() if hasattr(module, "scene")}
