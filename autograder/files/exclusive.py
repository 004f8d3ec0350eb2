"""Lets one process at a time do what several may begin at once."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where nobody grades; two commands at once are the teacher's own there
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only one in this block, waiting for whoever is; `path` is the lock's file, and the kernel frees it however the block ends.

    In a folder that may not be written there is nothing to wait for: whoever may not make a file there can begin nothing there either.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            if fcntl is not None:
                stream = stack.enter_context(open(path, "a+", opener=lambda path, flags: os.open(path, flags, 0o600)))
                fcntl.flock(stream, fcntl.LOCK_EX)
        yield
