"""Explorers: pictures that move, for the lessons. Pure drawings, and thin sliders around them.

    from explorers import microscope, reveal, secant_explorer

Nothing here knows of grading. The names below are loaded when they are first used, so that `import explorers` costs
nothing to a notebook which is only graded.
"""

from importlib import import_module

# No name here is the name of a module: the import system would put the module in its place.
_HOME = {
    "secant_explorer": "secant",
    "microscope": "zoom",
    "reveal": "prediction",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"explorers has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
