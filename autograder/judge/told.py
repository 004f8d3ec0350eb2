"""What the cells of a notebook put out, bounded; and whether any of it comes from a child that had seen hidden cases by then."""

from __future__ import annotations

from ..files.outputs import clean_outputs
from .submission import Cell

_LIMIT = 256 << 10  # characters of all outputs of a notebook without pictures
_STOPPED = clean_outputs([{"output_type": "error", "ename": "OutOfTime", "evalue": "no time left"}])


class Told:
    """The outputs by a cell's place, as text: `outputs`. `render` says that pictures are kept, which are larger."""

    def __init__(self, render: bool):
        self.outputs: dict[str, list] = {}
        self.innocent = True  # the child that speaks now has seen no hidden case
        self.suspicious = False  # something came from one that had, and could tell what it saw
        self._most = (64 if render else 1) * _LIMIT
        self._sizes: dict[int, int] = {}
        self._total = 0  # of all sizes: summing them up for each cell would be quadratic
        self._could_tell: set[int] = set()  # the cells whose outputs come from a child that had seen hidden cases

    def keep(self, cell: Cell, outputs: list) -> None:
        """Take what a cell put out, in place of what it put out before."""
        (self._could_tell.discard if self.innocent else self._could_tell.add)(cell.index)
        self._total -= self._sizes.pop(cell.index, 0)
        kept = self.outputs[str(cell.index)] = clean_outputs(outputs, max(0, self._most - self._total))
        self._sizes[cell.index] = sum(len(str(output)) for output in kept)
        self._total += self._sizes[cell.index]
        self.suspicious = self.suspicious or bool(kept) and not self.innocent

    def ended(self, cell: Cell, kind: str, detail: str) -> None:
        """Say, in place of what a cell put out, how it ended its process."""
        text = f"This cell ended the notebook's process ({kind}). {detail}"
        self.keep(cell, [{"output_type": "error", "ename": kind, "evalue": text, "traceback": [text]}])
        self._could_tell.discard(cell.index)  # the words are ours

    def begin_anew(self, but: set[int]) -> None:
        """Forget everything, for a child that has seen nothing; of the cells in `but`, which do not run again, keep that they were stopped, and what they could well say."""
        kept = {index: outputs for index, outputs in self.outputs.items() if int(index) in but}
        self.outputs = {index: _STOPPED if int(index) in self._could_tell else outputs for index, outputs in kept.items()}
        self._sizes.clear()
        self._total = 0
        self.innocent, self.suspicious = True, False
