"""A lesson in parts: where each begins, and which cells of those before it must be run again another day."""

from __future__ import annotations

import re
import symtable
from collections.abc import Iterator

from ..writing.exercise import Lesson
from ..writing.part import Part

MOST_MINUTES = 90  # an evening after work or school
_HEADING = re.compile(r"\A## Part (\d+): (.+)$", re.MULTILINE)


def split(cells: list) -> list[tuple[str, list]]:
    """The parts of a lesson's `cells`, each with its title; what stands before part 1 belongs to it, and a lesson without a heading is one part."""
    parts: list[tuple[str, list]] = [("", [])]
    for cell in cells:
        title = _title(cell)
        if title and not parts[-1][0] and len(parts) == 1:
            parts[0] = (title, parts[0][1])
        elif title:
            parts.append((title, []))
        parts[-1][1].append(cell)
    return parts


def misnumbered(found: list[tuple[int, object]]) -> Iterator[tuple[int, str]]:
    """(line, problem) for each heading of a part that does not have the next number; `found` are cells with their lines."""
    numbers = [(line, int(match[1])) for line, cell in found if cell.cell_type == "markdown" and (match := _HEADING.search(cell.source))]
    for wanted, (line, number) in enumerate(numbers, 1):
        if number != wanted:
            yield line, f"part {number} comes where part {wanted} should; number the headings '## Part 1: …', '## Part 2: …' as they come"


def placeholders(cells: list, parts: list[Part], lesson: Lesson) -> list[dict[str, str]]:
    """What takes the place of {{parts}}, {{part_minutes}} and {{resume}} in each of the `cells`."""
    listed = " · ".join(f"{number} {part.title} ({part.minutes} min)" for number, part in enumerate(parts, 1))
    found, sections = [], split(cells)
    for number, (part, (_, some)) in enumerate(zip(parts, sections)):
        before = [cell for _, section in sections[: number + 1] for cell in section]
        after = sections[number + 1][1] if number + 1 < len(sections) else []
        told = {"{{parts}}": listed, "{{part_minutes}}": str(part.minutes), "{{resume}}": _resume(before, after, lesson)}
        found += [told] * len(some)
    return found


def too_long(lessons: dict[str, Lesson]) -> Iterator[str]:
    """Parts that nobody finishes in an evening."""
    for name, lesson in lessons.items():
        for number, part in enumerate(lesson.parts, 1):
            if part.minutes > MOST_MINUTES:
                yield (
                    f"solutions/{name}.py: part {number}{f', {part.title},' if part.title else ''} takes {part.minutes} minutes, "
                    f"at most {MOST_MINUTES} fit into an evening; begin another one with a cell  ## Part {number + 1}: its title"
                )


def needed(before: list, after: list, lesson: Lesson) -> list[str]:
    """Names that the code cells `after`, their checks included, use, directly or through others, and that cells `before`, apart from imports, make.

    They come in the order of the cells that make them.
    """
    made = [_names(cell, lesson) for cell in before if cell.cell_type == "code"]
    wanted, later = set(), set()
    for cell in after:
        if cell.cell_type == "code":
            makes, uses = _names(cell, lesson)
            wanted |= uses - later
            later |= makes
    while True:
        more = wanted.union(*(uses for makes, uses in made if wanted & makes))
        if more == wanted:
            return list(dict.fromkeys(name for makes, _ in made for name in sorted(wanted & makes)))
        wanted = more


def _resume(before: list, after: list, lesson: Lesson) -> str:
    names = needed(before, after, lesson)
    cells = f", then the cells that make {', '.join(f'`{name}`' for name in names)}" if names else ""
    return (
        f"run the cell with the imports{cells}. In JupyterLab, click on the next heading and choose *Run* → *Run All Above Selected Cell*."
    )


def exercise_of(cell) -> str:
    """The name of the exercise that a cell is marked with; nothing for another cell, and for a marker that is no name."""
    marker = cell.metadata.get("exercise", "")
    return marker if isinstance(marker, str) else ""


def _title(cell) -> str:
    match = _HEADING.search(cell.source) if cell.cell_type == "markdown" else None
    return match[2].strip() if match else ""


def _names(cell, lesson: Lesson) -> tuple[set[str], set[str]]:
    """What a cell makes other than by an import, and what it or the check below it uses that it did not make."""
    try:
        top = symtable.symtable(cell.source, "cell", "exec")
    except SyntaxError:  # magics are no Python
        return set(), set()
    made = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_namespace()}
    imported = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_imported()}
    used = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    if exercise_of(cell) in lesson.exercises:
        used |= set(lesson.exercises[exercise_of(cell)].needs)
    tables = list(top.get_children())
    while tables:
        table = tables.pop()
        tables += table.get_children()
        used |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return made - imported, used - made
