"""Explorers: pictures that move, for the lessons. Pure drawings, and thin sliders around them.

    from explorers import microscope, reveal, secant_explorer

Nothing here knows of grading. An explorer is loaded when it is first asked for, so that `import explorers` costs nothing to a
notebook which is only graded. No list is kept: `secant_explorer` is at home in `gallery/secant.py`, `microscope` in
`gallery/microscope.py`, and a module of the gallery without such a function only helps another.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules


@cache
def _modules():
    return [module.name for module in iter_modules(import_module(f"{__name__}.gallery").__path__)]


def _load(module):
    return import_module(f"{__name__}.gallery.{module}")


def _explorer_in(module):
    """The name of the explorer in a module of the gallery, or None."""
    return next((name for name in (f"{module}_explorer", module) if callable(getattr(_load(module), name, None))), None)


def __getattr__(name):
    if name == "__all__":
        return sorted(filter(None, map(_explorer_in, _modules())))
    if name.startswith("_"):  # Python itself looks for such names, and must not load all explorers with each
        raise AttributeError(f"explorers has no {name!r}")
    home = name.removesuffix("_explorer")
    if home in _modules() and _explorer_in(home) == name:
        return getattr(_load(home), name)
    raise AttributeError(f"explorers has no {name!r}; it has {', '.join(__dir__())}")


def __dir__():
    return __getattr__("__all__")
