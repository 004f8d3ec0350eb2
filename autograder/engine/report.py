"""What judging says: CheckStatus, Finding, Report and Sheet, plain data that goes to JSON and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from sys import intern


class CheckStatus(StrEnum):
    """The outcome of one check. ERROR is ours: it stops an export and is never a zero."""

    PASS = "pass"
    FAIL = "fail"
    SKIP = "skip"
    ERROR = "error"


class Status(StrEnum):
    """The outcome of one exercise. Only ERROR is our fault."""

    RIGHT = "right"
    PARTIAL = "partly right"
    WRONG = "wrong"
    RAISED = "raised"
    NOT_ATTEMPTED = "not attempted"
    MISSING = "missing"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    EXITED = "exited"
    FORBIDDEN = "forbidden"
    MALFORMED = "malformed"
    ERROR = "error"


@dataclass
class Finding:
    """What one check found: its sentence, the smallest failing input as code, what was given and wanted, why, and where they differ."""

    check: str
    sentence: str
    status: CheckStatus
    input: str = ""
    given: str = ""
    wanted: str = ""
    why: str = ""
    differs: str = ""

    def to_json(self) -> dict:
        """Plain JSON data. Sheets that were signed before there was a place where values differ stay what was signed."""
        return {key: value for key, value in vars(self).items() if value or key != "differs"}


@dataclass
class Marked:
    """A place in a learner's code: the sentence that was proven of it, and the learner's own lines, each with its number in its function."""

    sentence: str
    lines: list[tuple[int, str]]


@dataclass
class Report:
    """The judgement of one exercise.

    `points` lies between 0 and `max_points`. `mistake` names the known mistake that reproduces the learner's numbers
    and `diagnosis` is its message; both are empty when the judge abstains. `place` is where a small change would do, if
    one was looked for and found. `remarks` never cost a point.
    """

    exercise: str
    max_points: float
    points: float = 0.0
    status: Status = Status.NOT_ATTEMPTED
    findings: list[Finding] = field(default_factory=list)
    mistake: str = ""
    diagnosis: str = ""
    remarks: list[str] = field(default_factory=list)
    detail: str = ""
    seed: int = 0
    place: Marked | None = None

    @property
    def first_miss(self) -> Finding | None:
        """The first finding that failed, or None."""
        return next((f for f in self.findings if f.status is CheckStatus.FAIL), None)

    def to_json(self) -> dict:
        """Plain JSON data; `from_json` brings the same report back."""
        # vars, not asdict, which copies every text of a class a hundred thousand times
        data = {**vars(self), "findings": [finding.to_json() for finding in self.findings], "remarks": list(self.remarks)}
        del data["place"]
        # sheets that were signed before places were looked for stay what was signed
        return (
            {**data, "place": {"sentence": self.place.sentence, "lines": [list(line) for line in self.place.lines]}} if self.place else data
        )

    @classmethod
    def from_json(cls, data: dict) -> Report:
        """The report that `to_json` wrote. Raises `ValueError` naming the field that is missing or unknown."""
        try:
            findings = [Finding(**{**f, "status": CheckStatus(f["status"])}) for f in data["findings"]]
            told = data.get("place")
            place = Marked(told["sentence"], [(number, text) for number, text in told["lines"]]) if told else None
            return cls(**{**data, "findings": findings, "status": Status(data["status"]), "place": place})
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a report: {error}; was it written by another version? grade again") from None


@dataclass
class Sheet:
    """The judgement of one notebook: a report for every exercise of its lesson, and how it came about.

    `status` is "graded", "missing", "malformed" or "error" (ours). `reports` is keyed by exercise and complete: an exercise
    whose cell is gone is in it with status MISSING. `submission` is the SHA-256 of the notebook's bytes, `level` the sandbox
    level it ran at, `seed` the seed of the hidden cases, `cgroup` what a cgroup limited beside ("" for none), `versions` the hashes of what judged it. `outputs` holds, per
    index of a code cell, bounded and untrusted nbformat outputs for the teacher's view.
    """

    lesson: str
    student: str
    status: str = "graded"
    reports: dict[str, Report] = field(default_factory=dict)
    detail: str = ""
    submission: str = ""
    level: str = ""
    seed: int = 0
    versions: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, list] = field(default_factory=dict)
    seconds: float = 0.0
    cgroup: str = ""

    @property
    def points(self) -> float:
        """Points of all exercises together."""
        return round(sum(report.points for report in self.reports.values()), 4)

    @property
    def is_error(self) -> bool:
        """Whether something of ours failed: then there is no grade, and no zero."""
        return self.status == "error" or any(r.status is Status.ERROR for r in self.reports.values())

    def to_json(self) -> dict:
        """Plain JSON data; `from_json` brings the same sheet back."""
        data = {**vars(self), "reports": {name: report.to_json() for name, report in self.reports.items()}}
        if not self.cgroup:
            del data["cgroup"]  # sheets that were signed before there were any stay what was signed
        return data

    @classmethod
    def from_json(cls, data: dict) -> Sheet:
        """The sheet that `to_json` wrote. Raises `ValueError` naming what is wrong."""
        try:
            # a class's sheets share the names, which JSON would make anew for each
            return cls(**{**data, "reports": {intern(name): Report.from_json(r) for name, r in data["reports"].items()}})
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a sheet: {error}; was it written by another version? grade again") from None
