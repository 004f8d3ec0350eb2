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
    "eta_explorer": "eta",
    "bug_lab": "bugs",
    "depth_explorer": "depth",
    "minibatch_explorer": "noise",
    "backprop_stepper": "stepper",
    "graph_explorer": "graph",
    "order_explorer": "graph",
    "index_explorer": "index",
    "layout_explorer": "layout",
    "jvp_vjp_explorer": "passes",
    "memory_meter": "memory",
    "float_ruler": "ruler",
    "mse_explorer": "mse",
    "linear_map_explorer": "linear_map",
    "valley_explorer": "valley",
    "landscape_explorer": "landscape",
    "slices_explorer": "slices",
    "compass_explorer": "compass",
    "step_error_explorer": "step_error",
    "trainer_explorer": "trainer",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"explorers has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
