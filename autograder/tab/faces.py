"""The faces of a value: the MIME bundle that a page shows, by the protocol that Jupyter has for it."""

from __future__ import annotations

import base64
import io
import sys

SHOWN = ("application/vnd.jupyter.widget-view+json", "text/html", "text/markdown", "image/svg+xml", "image/png", "text/latex", "text/plain")
_METHODS = {"_repr_html_": "text/html", "_repr_markdown_": "text/markdown", "_repr_svg_": "image/svg+xml", "_repr_latex_": "text/latex"}


def faces(value: object) -> dict:
    """The bundle of `value`, keyed by MIME type; a face that cannot be made is left out."""
    bundle = {"text/plain": repr(value)}
    if isinstance(value, type):
        return bundle
    for method, kind in _METHODS.items():
        made = _made(value, method)
        if isinstance(made, str):
            bundle[kind] = made
    if callable(getattr(value, "_repr_mimebundle_", None)):
        # a live picture is enough for a page: a still one beside it would have to be drawn by matplotlib first
        made = value._repr_mimebundle_(include=[kind for kind in SHOWN if kind != "image/png"])
        bundle |= made[0] if isinstance(made, tuple) else made or {}
    elif type(value).__module__ == "matplotlib.figure":
        bundle["image/png"] = picture(value)
    return {kind: data for kind, data in bundle.items() if kind in SHOWN}


def open_figures() -> list:
    """The figures that pyplot holds open, closed: what a notebook shows below a cell."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()] if pyplot else []
    if figures:
        pyplot.close("all")
    return figures


def picture(figure) -> str:
    """A matplotlib figure as PNG, base64."""
    out = io.BytesIO()
    figure.savefig(out, format="png", bbox_inches="tight")
    return base64.b64encode(out.getvalue()).decode()


def _made(value: object, method: str):
    try:
        return getattr(value, method)() if callable(getattr(value, method, None)) else None
    except Exception:  # a face that fails leaves the others, as in Jupyter
        return None
