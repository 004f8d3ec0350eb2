"""What the cells of a notebook put out, bounded; and whether any of it comes from a child that had seen hidden cases by then."""

from __future__ import annotations

from ..files.outputs import clean_outputs
from .submission import Cell

_LIMIT = 256 << 10  # characters of all outputs of a notebook without pictures


class Told:
    """The outputs by a cell's place, as text: `outputs`. `render` says that pictures are kept, which are larger."""

    def __init__(self, render: bool):
        self.outputs: dict[str, list] = {}
        self.innocent = True  # the child that speaks now has seen no hidden case
        self.suspicious = False  # something came from one that had, and could tell what it saw
        self._most = (64 if render else 1) * _LIMIT
        self._sizes: dict[int, int] = {}
        self._total = 0  # of all sizes: summing them up for each cell would be quadratic

    def keep(self, cell: Cell, outputs: list) -> None:
        """Take what a cell put out, in place of what it put out before."""
        self._total -= self._sizes.pop(cell.index, 0)
        kept = self.outputs[str(cell.index)] = clean_outputs(outputs, max(0, self._most - self._total))
        self._sizes[cell.index] = sum(len(str(output)) for output in kept)
        self._total += self._sizes[cell.index]
        self.suspicious = self.suspicious or bool(kept) and not self.innocent

    def begin_anew(self, but: set[int]) -> None:
        """Forget everything, for a child that has seen nothing; of the cells in `but`, which do not run again, keep what they said."""
        self.outputs = {index: outputs for index, outputs in self.outputs.items() if int(index) in but}
        self._sizes.clear()
        self._total = 0
        self.innocent, self.suspicious = True, False
