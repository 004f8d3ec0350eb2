"""What was skipped, at the end of a run: each reason once, for it says how to get what is missing."""

from __future__ import annotations

from collections import Counter


def pytest_terminal_summary(terminalreporter):
    """List the reasons, with the number of tests that each cost."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if reasons:
        terminalreporter.section("skipped", sep="-")
        for reason, count in sorted(reasons.items()):
            terminalreporter.write_line(f"{count} test{'s' * (count != 1)}: {reason}")


def _reason(report) -> str:
    """What stood in ``pytest.skip``; a skip's `longrepr` is (file, line, reason)."""
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return said.removeprefix("Skipped: ")
