"""What is kept of an answer's trial: its calls, the values that were compared, and the cases that were tried."""

from __future__ import annotations

from dataclasses import dataclass

from ..shared.answer import Outcome
from ..writing.compare import Tolerance


@dataclass
class Call:
    """One recorded call."""

    args: tuple
    outcome: Outcome
    stumbled: bool = False  # whether it raised where it should have returned
    let_through: bool = False  # whether it returned, or raised something else, where it should have raised what is promised


@dataclass(frozen=True)
class Compared:
    """Two values that a check compared, whether they agreed, the arguments of the call before, and within what they were to agree, where that is known."""

    given: object
    wanted: object
    held: bool
    check: str
    args: tuple
    tolerance: Tolerance | None = None


@dataclass(frozen=True)
class Tried:
    """One case of a check: the arguments of the calls it made, and whether the promise held (None: the check itself stumbled)."""

    check: str
    calls: tuple[tuple, ...]
    held: bool | None
