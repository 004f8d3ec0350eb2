"""What every scene promises, whether its input is built in or the learner's own: `tests/explorers` holds each one to it."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from PIL import Image


def stops_are_well_formed(scene) -> None:
    """Every stop of the first control is well-formed, each chart says in words what it shows, and no number is NaN."""
    first = scene.controls[0]
    for value in first.values:
        html = scene.stop({**scene.start, first.name: value})
        images = [e for e in ElementTree.fromstring(f"<div>{html}</div>").iter() if e.get("role") == "img"]
        assert len(images) == len(scene.charts(scene.start)) and all(len(e.get("aria-label")) > 20 for e in images)
        assert "nan" not in html.lower()


def every_value_can_be_shown(scene) -> None:
    """Every value of the other controls gives well-formed layers, and presets set values that there are."""
    for control in scene.controls[1:]:
        for value in control.values:
            state = {**scene.start, control.name: value}
            ElementTree.fromstring(f"<div>{scene.still_layer(state)}{scene.stop(state)}</div>")
    for preset in scene.presets:
        for key, value in preset.state.items():
            assert value in list(next(c for c in scene.controls if c.name == key).values)


def has_three_faces(explorer) -> None:
    """A picture, words, and a widget each of whose controls has a name."""
    picture = explorer.png()
    assert picture[:4] == b"\x89PNG" and Image.open(io.BytesIO(picture)).convert("RGBA").getcolors(8) is None, "more than 8 colours"
    assert len(repr(explorer).splitlines()) >= 2
    labels = [widget.description for widget in controls(explorer.widget)]
    assert labels and all(labels)


def controls(widget):
    """The sliders, menus and toggles in a widget."""
    if hasattr(widget, "children"):
        for child in widget.children:
            yield from controls(child)
    elif hasattr(widget, "index") and hasattr(widget, "options"):
        yield widget
