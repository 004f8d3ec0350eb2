"""What a graded panel shows: the points and promises of the hidden cases, with the inputs and numbers of the public ones only."""

from __future__ import annotations

from dataclasses import replace

from .report import CheckStatus, Report

_ELSEWHERE = "It holds on the inputs that `check` shows, and not on others."


def shown(hidden: Report, public: Report | None) -> Report:
    """`hidden`, the report that counts, with nothing in it that its cases could have told.

    What a check that failed shows (input, numbers, the diagnosis) is what `public`, a report on the cases that everybody may see, has there.
    """
    known = {finding.check: finding for finding in public.findings} if public else {}
    findings = []
    for finding in hidden.findings:
        if finding.status is CheckStatus.FAIL:
            told = known.get(finding.check)
            if told is not None and told.status is CheckStatus.FAIL:
                finding = told
            else:
                why = _ELSEWHERE if told is not None and told.status is CheckStatus.PASS else ""
                finding = replace(finding, input="", given="", wanted="", differs="", why=why)
        findings.append(finding)
    return replace(
        hidden,
        findings=findings,
        mistake=public.mistake if public else "",
        diagnosis=public.diagnosis if public else "",
        remarks=list(public.remarks if public else hidden.remarks),
    )
