"""A teacher's own test cells, as the judge sees them: how a submission gets them back as released, and which version they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class OwnTests:
    """The test cells `names` of one lesson; `digest` changes with their text.

    ``restore(data)`` makes, of the bytes of a submission, the bytes of the notebook to run: the released test cells, hidden tests
    included, in place of what the student left of them. It may raise anything on bytes that are no sound notebook.
    """

    names: tuple[str, ...]
    digest: str
    restore: Callable[[bytes], bytes]
