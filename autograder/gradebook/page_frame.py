"""What the pages of class reports share: their frame and style, headings, tables and tiles. Everything that is given is trusted HTML already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..files.names import for_html

_HEADING = re.compile(r"<h2 id='([\w-]+)'[^>]*>(.*?)</h2>")


def page(title: str, head: str, sections: Sequence[str]) -> Iterator[str]:
    """The page, one text after the other: its head, links to the sections' headings, the sections."""
    links = "".join(f"<a href='#{place}'>{text}</a>" for section in sections for place, text in _HEADING.findall(section))
    before, _, behind = _PAGE.format(title=for_html(title), head=head, links=links, body="\0").partition("\0")
    yield before
    for section in sections:
        yield from ("<section>", section, "</section>\n")
    yield behind


def heading(place: str, text: str, count: int | None = None, alarm: bool = False) -> str:
    """A section's heading with its place in the page and how many it is about."""
    many = f" <span class='count'>{count}</span>" if count is not None else ""
    kind = " class='alarm'" if alarm else ""
    return f"<h2 id='{place}'{kind}>{text}{many}</h2>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """A table whose first column heads its rows; a cell that is a ``<td`` already is taken as it is."""
    head = "".join(f"<th scope='col'>{text}</th>" for text in heads)
    body = "".join(
        "<tr>"
        + f"<th scope='row'>{row[0]}</th>"
        + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return f"<div class='wide {kind}' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def tiles(numbers: Iterable[tuple[str, str]]) -> str:
    """The numbers on top of a page, each with its word."""
    return f"<dl class='tiles'>{''.join(f'<div><dt>{word}</dt><dd>{text}</dd></div>' for word, text in numbers)}</dl>"


def cell_class(kind: str) -> str:
    """The class of a table's cell about an outcome (`class_report.kind_of`)."""
    return f"is-{kind.replace(' ', '-')}"


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style>
:root {{ --ink: #1d2126; --quiet: #59616b; --paper: #fff; --card: #f4f6f8; --line: #d5dae0; --link: #00558a;
  --right: #0072b2; --partly: #56b4e9; --wrong: #d55e00; --stopped: #b0558a; --none: #c3c8ce }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e4e8ec; --quiet: #a3abb5; --paper: #16191d; --card: #20252b; --line: #39414a; --link: #7cc0f0;
  --right: #3d9bd8; --partly: #9ad2f5; --wrong: #ee7d2b; --stopped: #d684b3; --none: #555d66 }} }}
* {{ box-sizing: border-box }}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 70rem; color: var(--ink); background: var(--paper) }}
h1 {{ font-size: 1.7rem; line-height: 1.2; margin: 0 }} h2 {{ font-size: 1.2rem; margin: 2.5rem 0 .5rem; scroll-margin-top: 1rem }}
h2.alarm {{ border-left: 6px solid var(--wrong); padding-left: .6rem }}
p {{ margin: .3rem 0 .8rem; max-width: 46rem }} a {{ color: var(--link) }} code {{ font-size: .92em }}
.quiet, small, dt {{ color: var(--quiet) }} small {{ font-size: .82rem }}
.count {{ font-weight: 400; color: var(--quiet); margin-left: .2rem }}
.tiles {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .6rem; margin: 1rem 0 }}
.tiles div {{ background: var(--card); border-radius: .5rem; padding: .5rem .8rem }} dd {{ margin: 0; font-size: 1.25rem; font-weight: 600 }}
nav {{ display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .92rem }}
nav .count {{ margin-left: .1rem }}
.histogram {{ display: block; width: 100%; max-width: 38rem }} .histogram text {{ font-size: 12px; fill: var(--ink) }}
.bar, .median {{ fill: var(--right) }} .median {{ fill: var(--ink) }} .axis {{ stroke: var(--quiet) }}
.legend {{ display: flex; flex-wrap: wrap; gap: .2rem 1.1rem }} .legend i {{ display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; border-radius: 2px }}
.right {{ fill: var(--right); background: var(--right) }} .partly-right {{ fill: var(--partly); background: var(--partly) }}
.wrong {{ fill: var(--wrong); background: var(--wrong) }} .stopped {{ fill: var(--stopped); background: var(--stopped) }}
.not-written {{ fill: var(--none); background: var(--none) }}
ul {{ margin: .2rem 0; padding-left: 1.2rem }} .exercises {{ list-style: none; padding: 0 }}
.exercises > li {{ padding: .8rem 0; border-top: 1px solid var(--line); display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; scroll-margin-top: 1rem }}
.exercises > li > :not(.what, .share) {{ grid-column: 1 / -1 }} .share {{ text-align: right }}
.stack {{ display: block; width: 100%; height: .8rem; margin: .3rem 0 }}
summary {{ cursor: pointer; color: var(--link); width: fit-content }} details li {{ margin: .5rem 0 }}
.names {{ overflow-wrap: anywhere }} .names details {{ display: inline }} .names summary {{ display: inline; padding-left: .3rem }}
.wide {{ overflow-x: auto; max-width: 100% }} table {{ border-collapse: collapse }} .students {{ max-height: 85vh; overflow-y: auto }}
th, td {{ padding: .3rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }}
tbody th {{ font-weight: 400; min-width: 9rem }} thead th {{ font-size: .88rem; vertical-align: bottom }}
.students thead th {{ position: sticky; top: 0; background: var(--paper); z-index: 2 }}
.students tbody th {{ position: sticky; left: 0; background: var(--paper); z-index: 1 }}
.students thead th:first-child {{ left: 0; z-index: 3 }}
.students td {{ min-width: 4.5rem }} .students small {{ display: block; line-height: 1.25 }}
[class^="is-"] {{ border-left: 4px solid var(--none) }}
.is-right {{ border-left-color: var(--right) }} .is-partly-right {{ border-left-color: var(--partly) }} .is-wrong {{ border-left-color: var(--wrong) }}
.is-stopped {{ border-left-color: var(--stopped) }}
@media (max-width: 40rem) {{ .exercises > li {{ grid-template-columns: 1fr }} .share {{ text-align: left }}
  .students tbody th, .students thead th:first-child {{ position: static }}
  .wide:not(.students) :is(table, tbody, tr, th, td) {{ display: block; border: 0; padding: 0 }} .wide:not(.students) thead {{ display: none }}
  .wide:not(.students) tr {{ border-bottom: 1px solid var(--line); padding: .4rem 0 }} }}
@media print {{ .students {{ max-height: none }} nav {{ display: none }} }}
</style></head><body>
<header>{head}<nav aria-label="On this page">{links}</nav></header>
<main>
{body}
</main></body></html>
"""
