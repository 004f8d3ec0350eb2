"""The still picture of an explorer, what a notebook shows on another day; where its HTML is trusted, the first control moves it without a kernel.

Theory of operation. The prepared stops of the live widget (stops.py) are alike, so all of them compressed take less room than one picture. They
travel as an attribute of the picture's HTML, and still.js puts them in the picture's place when it is looked at. JupyterLab and Notebook 7 leave
HTML as it is in a notebook that was saved by whoever opens it; in another one they take scripts and inputs out, and the picture stays.
"""

from __future__ import annotations

import io
import json
import zlib
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files

AGAIN = "Run this cell, and it moves."
# JupyterLab and Notebook 7 write "Error displaying widget" where a widget was on another day; the picture above says what to do.
_WITHOUT_LIFE = ".jp-OutputArea-child:has(.eta-still) + .jp-OutputArea-child:not(:has(.eta-explorer)) { display: none; }"
_COLOURS = 64  # of a picture of lines and letters, which nobody tells from all of them; a third of the bytes


def png(figure) -> bytes:
    """The file of a matplotlib figure: twice the pixels of the page, transparent, readable on white and black, of few colours."""
    from PIL import Image

    whole, few = io.BytesIO(), io.BytesIO()
    figure.savefig(whole, format="png", dpi=144, transparent=True)
    Image.open(whole).quantize(_COLOURS, method=Image.Quantize.FASTOCTREE).save(few, format="png")
    return few.getvalue()


def still(name: str, picture: bytes, words: str, widget):
    """The still picture as (data, metadata) by MIME type, with the first control of the live `widget`. It hides where that lives.

    `name` is the explorer's, `words` its text alternative.
    """
    data, place = b64encode(picture).decode(), f"eta-still-{widget.model_id}"
    width = int.from_bytes(picture[16:20], "big") // 2  # the file has two pixels for one of the page
    moving = _moving(name, widget)  # before the next line, which hides the picture and not what moves
    widget.children[0].value += f"<style>.{place} {{ display: none; }}</style>"
    # The same picture twice, because nbconvert's own page drops the text alternative of a PNG, and a PDF has no HTML.
    image = f'<img src="data:image/png;base64,{data}" width="{width}" alt="{escape(words, quote=True)}">'
    html = f'<style>{_WITHOUT_LIFE}</style><div class="eta-still {place}"{moving}>{image}<p>{AGAIN}</p>{_script() if moving else ""}</div>'
    return {"image/png": data, "text/html": html, "text/plain": words}, {"image/png": {"width": width, "alt": words}}


def _moving(name: str, widget) -> str:
    """The attribute with all that moves without a kernel; "" for an explorer without prepared stops."""
    parts = list(_parts(widget))
    drivers = [one for one in parts if "eta-driver" in one._dom_classes]
    stores = [one.value for one in parts if "eta-store" in one._dom_classes and one.value]
    if not drivers or not stores:
        return ""
    told = {
        "name": name,
        "drivers": [{"label": one.description, "texts": list(one._options_labels), "at": one.index} for one in drivers],
        "stops": "".join(stores),
        "css": source("explorer.css"),
    }
    return f' data-moves="{b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 9)).decode()}"'


def _parts(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _parts(child)


@cache
def source(name: str) -> str:
    """The text of a script or style sheet beside this module."""
    return (files(__package__) / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    """Markup that a page puts in place runs `onload`, but no <script> element."""
    return f'<style onload="{escape(source("marker.js") + source("still.js"))}"></style>'
