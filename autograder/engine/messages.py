"""Report to text and HTML: the only place with words and colours of a judgement."""

from __future__ import annotations

from html import escape

from .report import CheckStatus, Finding, Report, Status

_MARK = {CheckStatus.PASS: "✓", CheckStatus.FAIL: "✗", CheckStatus.SKIP: "–", CheckStatus.ERROR: "!"}
# Okabe and Ito's blue and vermilion: told apart by every kind of colour vision, 3:1 on white and on dark
_COLOUR = {CheckStatus.PASS: "#0072B2", CheckStatus.FAIL: "#D55E00", CheckStatus.SKIP: "inherit", CheckStatus.ERROR: "#CC79A7"}
_TELL = {
    Status.NOT_ATTEMPTED: "Not written yet. Replace the line `raise NotImplementedError` with your code, then run this cell again.",
    Status.MISSING: "This function is not in the notebook. Was its cell deleted or renamed, or is the notebook older than the exercise?",
    Status.TIMEOUT: "Your function did not finish in time. Is there a loop that never ends?",
    Status.MEMORY: "Your function asked for more memory than there is.",
    Status.EXITED: "Your function ended the program. Remove calls such as exit() or os._exit().",
    Status.FORBIDDEN: "Your function did something that is not allowed while grading, such as starting a program.",
    Status.MALFORMED: "What came back was no plain data.",
    Status.ERROR: "Our own code failed, not yours. It costs you nothing; please tell your teacher.",
}
_KNOWN = (Status.NOT_ATTEMPTED, Status.MISSING)  # why there is no answer: a detail knows better than these words


_SCREEN = 24  # lines of one input, as many as one takes in


def number(value: float) -> str:
    """Points as people write them: 2, not 2.0."""
    return f"{value:g}"


def headline(report: Report) -> str:
    """One line: the mark, the name, the points."""
    mark = {Status.RIGHT: "✓", Status.NOT_ATTEMPTED: "○", Status.ERROR: "!"}.get(report.status, "✗")
    return f"{mark} {report.exercise}: {number(report.points)} of {number(report.max_points)} points"


def reason(report: Report) -> str:
    """Why an answer does not have full marks, in a sentence or two with `code` in backticks, the surest reason first; "" where there is none to tell."""
    if report.status is Status.NOT_ATTEMPTED:
        return report.detail or "Not written yet."
    if report.status in _TELL:
        return _told(report)
    first = report.first_miss
    if report.diagnosis or first is None:
        return report.diagnosis
    return f"What does not hold: {first.sentence}." + (f" {first.why}" if first.why else "")


def _told(report: Report) -> str:
    """What to say of a status."""
    if report.status in _KNOWN and report.detail:
        return report.detail
    return _TELL[report.status] + (f" ({report.detail})" if report.detail else "")


def to_text(report: Report) -> str:
    """The report as plain text."""
    lines = [headline(report)]
    if report.status in _TELL:
        lines.append("  " + _told(report))
    if report.diagnosis:
        lines.append("  " + report.diagnosis)
    if report.place:
        lines += ["  " + report.place.sentence, *(f"      {number:>3} | {text}" for number, text in report.place.lines)]
    first = report.first_miss
    for finding in report.findings:
        lines.append(f"  {_MARK[finding.status]} {finding.sentence}")
        if finding is first:
            lines += [f"      {line}" for line in _lines(finding.input)]
            for name, value in _contrast(finding):
                lines += [f"      {name:<9} {line}" if k == 0 else f"      {'':9} {line}" for k, line in enumerate(_lines(value))]
            if finding.why and finding.why not in report.diagnosis:
                lines.append(f"      {finding.why}")
    lines += [f"  note: {remark}" for remark in report.remarks]
    return "\n".join(lines)


def to_html(report: Report, offer: str = "") -> str:
    """The report as one self-contained panel. Everything that came from outside is escaped; `offer` is trusted HTML."""
    good = report.status is Status.RIGHT
    colour = "#0072B2" if good else "#D55E00" if report.status is not Status.NOT_ATTEMPTED else "currentColor"
    parts = [f'<div style="font-weight:600;font-size:1.05em">{escape(headline(report))}</div>']
    if report.status in _KNOWN and report.detail:
        parts.append(f"<div>{inline(report.detail)}</div>")
    elif report.status in _TELL:
        detail = f' <span style="opacity:.8">({escape(report.detail)})</span>' if report.detail else ""
        parts.append(f"<div>{inline(_TELL[report.status])}{detail}</div>")
    if report.diagnosis:
        parts.append(
            f'<div style="margin:.5em 0;padding:.4em .7em;border:1px solid {colour};border-radius:4px">{inline(report.diagnosis)}</div>'
        )
    if report.place:
        parts.append(f"<div>{escape(report.place.sentence)}</div>" + _code("\n".join(f"{k:>3}  {text}" for k, text in report.place.lines)))
    first = report.first_miss
    said, rows = {report.diagnosis}, ""
    for finding in report.findings:
        rows += _row(finding, finding is first, said)
    if rows:
        parts.append(f'<ul style="list-style:none;margin:.3em 0;padding:0">{rows}</ul>')
    parts += [f'<div style="opacity:.85">Note: {inline(remark)}</div>' for remark in report.remarks]
    if offer:
        parts.append(f"<div>{offer}</div>")
    body = "".join(parts)
    return (
        f'<div role="status" aria-label="{escape(headline(report), quote=True)}" style="border-left:4px solid {colour};'
        f'padding:.3em .9em;margin:.2em 0;line-height:1.5">{body}</div>'
    )


def _in_the_explorer(same: bool, yours: bool) -> str:
    if yours:
        return "See your answer at this input:" if same else "See your answer at another input that fails:"
    return "See this input in the explorer:" if same else "Another input that fails, in the explorer:"


def explorer_html(line: str, same: bool, yours: bool = False) -> str:
    """The line of code that opens an explorer, with the learner's answer or without, to go with `to_html`; empty for an empty line."""
    code = f'<code style="white-space:pre-wrap;overflow-wrap:anywhere">{escape(line)}</code>'
    return f"<div>{_in_the_explorer(same, yours)} {code}</div>" if line else ""


def explorer_text(line: str, same: bool, yours: bool = False) -> str:
    """The same as plain text, to go behind `to_text`."""
    return f"\n  {_in_the_explorer(same, yours)}\n      {line}" if line else ""


def _contrast(finding: Finding) -> list[tuple[str, str]]:
    """What was given, what was wanted and where they differ, each with its label; without what is empty."""
    return [
        (name, value) for name, value in (("you gave", finding.given), ("wanted", finding.wanted), ("differs", finding.differs)) if value
    ]


def _lines(text: str) -> list[str]:
    """The lines of a text, as many as one looks at: the middle of a long one is left out."""
    lines = text.splitlines()
    return lines if len(lines) <= _SCREEN else [*lines[: _SCREEN - 6], f"… {len(lines) - _SCREEN + 1} lines more …", *lines[-5:]]


def _row(finding: Finding, explain: bool, said: set[str]) -> str:
    """One promise. What was `said` in the panel is not said again."""
    mark = f'<span aria-hidden="true" style="color:{_COLOUR[finding.status]};font-weight:700;display:inline-block;width:1.3em">{_MARK[finding.status]}</span>'
    word = {CheckStatus.PASS: "holds", CheckStatus.FAIL: "does not hold", CheckStatus.SKIP: "not tried", CheckStatus.ERROR: "error"}[
        finding.status
    ]
    hidden = f'<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)">{word}: </span>'
    more = ""
    if finding.status is CheckStatus.FAIL:
        more = _evidence(finding, "" if any(finding.why in text for text in said) else finding.why)
        said.add(finding.why)
        if not explain:
            more = f'<details style="margin-left:1.3em"><summary>why?</summary>{more}</details>'
    elif finding.status is CheckStatus.SKIP and finding.why not in said:
        said.add(finding.why)
        more = f'<div style="margin-left:1.3em;opacity:.8">{escape(finding.why)}</div>'
    return f"<li>{mark}{hidden}{inline(finding.sentence)}{more}</li>"


def _evidence(finding: Finding, why: str) -> str:
    cell = 'style="padding:0 .8em 0 0;text-align:left;border:0;vertical-align:top;background:none"'
    table = "".join(
        f'<tr style="background:none"><td {cell}>{name}</td><td {cell}><code style="white-space:pre-wrap">{escape(value)}</code></td></tr>'
        for name, value in _contrast(finding)
    )
    why = f'<div style="margin-left:1.3em">{inline(why)}</div>' if why else ""
    call = _code(finding.input) if finding.input else ""
    return f'{call}<table style="margin:.2em 0 .2em 1.3em;border:0">{table}</table>{why}'


def _code(text: str) -> str:
    style = "margin:.3em 0 .3em 1.3em;padding:.4em .7em;background:rgba(127,127,127,.12);border-radius:4px;white-space:pre-wrap"
    return f'<pre style="{style}">{escape(text)}</pre>'


def inline(text: str) -> str:
    """Escaped text in which `backticks` become code."""
    pieces = escape(text).split("`")
    if len(pieces) % 2 == 0:
        return escape(text)
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))
