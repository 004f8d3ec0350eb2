"""Do the sentences under the pictures say when they are true, and are they, where each explorer starts and where its buttons and menus lead?"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module


def untold() -> Iterator[str]:
    """What is wrong with the explorers' sentences: one without a predicate, or one that is false in a state that is near. Tests walk all states."""
    import explorers

    for name in explorers.__all__:
        module = import_module(getattr(explorers, name).__module__)
        if not hasattr(module, "scene"):
            continue  # `reveal` is a question
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
