"""A found place to text and HTML: first the line, then the part of it. What the change was is never told."""

from __future__ import annotations

from html import escape

from .places import Code, Place, Search

_GAP_TEXT, _GAP_HTML = "    → |", "<mark>→     </mark>"  # where something is missing
MOST = 3  # repairs that are named; a longer list would mark half of the function


def sentence(search: Search, code: Code, closer: bool = False, passes: str = "every check passes") -> str:
    """What was proven, in one or two sentences; `closer`, what is said when it is asked again. `passes` says which checks were run."""
    if closer:
        return _closer(search, code)
    if not search.found:
        tried = f"{search.tried:,} small changes of your code were tried, and with none of them {passes}."
        return f"No place to mark: {tried}" + ("" if search.complete else " Then the time was up.")
    shown = search.repairs[:MOST]
    if search.stopped:
        return f"On an input that fails, your code stops at {_lines(shown[0], code)[0]} with {search.stopped}. No small change that was tried mends it."
    if len(shown) > 1:
        places = " or ".join(" and ".join(_lines(repair, code)) for repair in shown)
        return f"Look at {places}. Each of these is enough: with a change there, {passes}."
    repair = shown[0]
    lines = _lines(repair, code)
    if len(lines) > 1:
        return f"Look at {', '.join(lines[:-1])} and at {lines[-1]}. With a change at each of them, {passes}."
    if repair[0].missing:
        side = "after" if repair[0].after else "before"
        return f"Something is missing {side} {lines[0].removeprefix('before ').removeprefix('after ')}. With a line more there, {passes}."
    changes = "a change" if len(repair) == 1 else f"{len(repair)} changes"
    return f"Look at {lines[0]}. With {changes} there, {passes}."


def _closer(search: Search, code: Code) -> str:
    """The same of the parts that are marked now."""
    if not search.found:
        return "Your code is what it was: there is still no place to mark."
    shown = search.repairs[:MOST]
    if all(place.missing for repair in shown for place in repair):
        return "What is missing is a line of its own: there is nothing closer to mark."
    if len(shown) > 1:
        return "These are the parts: a change of one of them is enough."
    lines = _lines(shown[0], code)
    if len(lines) > 1:
        return f"These are the parts of {' and '.join(lines)}: changed together they are enough."
    return (
        f"It is this part of {lines[0]}." if len(shown[0]) == 1 else f"These are the parts of {lines[0]}: changed together they are enough."
    )


def to_text(search: Search, code: Code, closer: bool = False) -> str:
    """The sentence and the lines; `closer` also marks the part of each."""
    parts = [sentence(search, code, closer)]
    places = _shown(search)
    for number, k in dict.fromkeys((place.function, place.line) for place in places):
        here = [place for place in places if (place.function, place.line) == (number, k)]
        line = code.functions[number].splitlines()[k - 1]
        rows = [f"  {k:>3} | {line}"]
        spans = [_within(place, line) for place in here if closer and not place.missing]
        if spans:
            signs = "".join("^" if any(start <= i < end for start, end in spans) else " " for i in range(max(end for _, end in spans)))
            rows.append(f"      | {signs}")
        parts += [*(_GAP_TEXT for place in here if place.missing and not place.after), *rows]
        parts += (_GAP_TEXT for place in here if place.after)
    return "\n".join(parts)


def to_html(search: Search, code: Code, closer: bool = False) -> str:
    """The same, with the whole function and the places marked in it. The learner's text is escaped."""
    html = f"<div>{escape(sentence(search, code, closer))}</div>"
    places = _shown(search)
    for number in dict.fromkeys(place.function for place in places):
        rows = []
        for k, line in enumerate(code.functions[number].rstrip().splitlines(), 1):
            here = [place for place in places if place.function == number and place.line == k]
            there = [place for place in here if not place.missing]
            row = f"{'→' if there else ' '} {k:>2}  {_marked(line, there, closer)}"
            rows += [_GAP_HTML for place in here if place.missing and not place.after]
            rows.append(f"<mark>{row}</mark>" if there and not closer else row)
            rows += [_GAP_HTML for place in here if place.after]
        style = 'style="margin:.3em 0;padding:.4em .7em;background:rgba(127,127,127,.12);border-radius:4px;overflow-x:auto"'
        html += f"<pre {style}>" + "\n".join(rows) + "</pre>"
    return html


def _marked(line: str, here: list[Place], closer: bool) -> str:
    pieces, at = [], 0
    for start, end in sorted(_within(place, line) for place in here if closer):
        if start >= at:
            pieces += [escape(line[at:start]), f"<mark>{escape(line[start:end])}</mark>"]
            at = end
    return "".join(pieces) + escape(line[at:])


def _within(place: Place, line: str) -> tuple[int, int]:
    """The columns of a place in its first line."""
    return place.column, place.end_column if place.end_line == place.line else len(line.rstrip())


def _shown(search: Search) -> list[Place]:
    return sorted({place for repair in search.repairs[:MOST] for place in repair})


def _lines(repair: tuple[Place, ...], code: Code) -> list[str]:
    """Each line of a repair once: "line 3", "before line 2", "line 4 of step"."""
    words = []
    for place in repair:
        side = "" if not place.missing else "after " if place.after else "before "
        of = f" of {code.name_of(place.function)}" if len(code.functions) > 1 else ""
        words.append(f"{side}line {place.line}{of}")
    return list(dict.fromkeys(words))
