"""Outputs that nobody vouches for, reduced to what nbformat allows and a browser cannot run: text, errors, PNG pictures, bounded."""

from __future__ import annotations

import re

ROOM = 4 << 20  # characters of one cell, pictures included; room for two or three plots
_PIECES, _LINES, _LINE, _MESSAGE = 200, 20, 200, 2000  # of a cell: outputs; of an error: lines, characters of one, of its text
_BASE64 = re.compile(r"[A-Za-z0-9+/\n]*=*\s*")


def clean_outputs(outputs, room: int = ROOM) -> list[dict]:
    """The outputs of one cell as nbformat has them, at most `room` characters together; whatever is no output is dropped.

    No HTML, no script and no control character gets through. Cleaning what is clean changes nothing. Source: nbformat 4.5.
    """
    clean: list[dict] = []
    for output in outputs[:_PIECES] if isinstance(outputs, list) else []:
        made = _clean(output, room) if isinstance(output, dict) else None
        if made is None:
            continue
        room -= len(str(made))
        clean.append(made)
        if room <= 0:
            clean.append({"output_type": "stream", "name": "stderr", "text": "(more output was cut)\n"})
            break
    return clean


def _clean(output: dict, room: int) -> dict | None:
    kind = output.get("output_type")
    if kind == "stream":
        return {
            "output_type": kind,
            "name": "stderr" if output.get("name") == "stderr" else "stdout",
            "text": _text(output.get("text"), room),
        }
    if kind == "error":
        trace = output.get("traceback")
        lines = [_text(line, _LINE) for line in trace[:_LINES]] if isinstance(trace, list) else []
        name, value = _text(output.get("ename"), 100), _text(output.get("evalue"), min(room, _MESSAGE))
        last = f"{name}: {value}"
        return {"output_type": kind, "ename": name, "evalue": value, "traceback": lines if lines[-1:] == [last[:_LINE]] else [*lines, last]}
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        given = output["data"]
        data = {"text/plain": _text(given.get("text/plain"), room)}
        picture = given.get("image/png")
        if isinstance(picture, str) and len(picture) <= room and _BASE64.fullmatch(picture):
            data["image/png"] = picture
        made = {"output_type": kind, "data": data, "metadata": {}}
        if kind == "execute_result":
            made["execution_count"] = output["execution_count"] if type(output.get("execution_count")) is int else None
        return made
    return None


def _text(value, most: int) -> str:
    """Bounded text without control characters, which a terminal would obey, and without what a file cannot hold."""
    text = "".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else value
    text = text[: max(0, most)] if isinstance(text, str) else ""
    return "".join(c if c >= " " or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text if not "\ud800" <= c <= "\udfff")
