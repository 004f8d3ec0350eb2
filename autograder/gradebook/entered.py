"""What a run entered into the gradebook. A module of its own, because who only tells of it need not load nbgrader."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Entered:
    """What became of each submission: entered, unchanged, `failed` (a verdict, but no grade) and `errors` (ours), with reasons."""

    entered: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    untrusted: list[str] = field(default_factory=list)  # the lesson's own test cells: what they scored, students' processes said

    def __str__(self) -> str:
        lines = [f"{len(self.entered)} grades entered, {len(self.unchanged)} unchanged"]
        lines += [f"ERROR (ours) {student}: {why}" for student, why in sorted(self.errors.items())]
        if self.untrusted:
            lines.append(f"not to be trusted: the points of {', '.join(self.untrusted)} are what each student's own process said of itself")
        lines += [f"no grade {student}: {why}" for student, why in sorted(self.failed.items())]
        return "\n".join(lines)
