"""axe-core on a page: what it finds, by all of its rules that are on by default, as sentences."""

from __future__ import annotations

from lab import missing

from autograder.course import npm

_RUN = """async ([include, rules]) => {
  const places = include.filter(one => document.querySelector(one)).map(one => [one]);
  const result = await axe.run(include.length ? {include: places} : document, {resultTypes: ['violations'], ...rules});
  // axe reads no MathML: a header that is a formula is none to it, and one to a screen reader
  const told = (v, n) => v.id !== 'empty-table-header' || !document.querySelector(n.target[0])?.querySelector('math');
  return result.violations.flatMap(v => v.nodes.filter(n => told(v, n)).slice(0, 5).map(n => v.id + ': ' + n.html.slice(0, 250) + ' ' + n.failureSummary.slice(0, 250)));
}"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # what a theme can spoil


def findings(page, *include: str, colours: bool = False) -> list[str]:
    """What axe-core finds on Playwright's `page`, within the selectors `include`; with `colours` only by the rules that a theme can break."""
    if not page.evaluate("() => 'axe' in window"):
        try:
            page.evaluate(npm.fetch(npm.AXE).read_text(encoding="utf-8"))
        except npm.NoWeb as problem:
            missing(str(problem))
    return page.evaluate(_RUN, [list(include), COLOURS if colours else {}])
