"""Which seeds a run judges at: one a run in `make test`, a hundred and more in `make thorough`.

In `make test` the last commit's hash names the seed, so a run says the same twice and each commit looks at other cases; the
first line of the run tells it. `SEED=17 make test` repeats what a run at seed 17 saw. The seeds that a hash can name are
among those that `make thorough` (SEEDS=1000) goes through: no commit can stumble on a case that it would not find.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

MANY = int(os.environ.get("SEEDS", 0))  # `make thorough`: the references at so many seeds, all else at a tenth of them
_NAMED = 80  # seeds that a hash can name: below a tenth of 1,000


def of_commit() -> int:
    """The seed that the last commit names; 0 where there is no commit, in an unpacked archive for example."""
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True)
    except OSError:
        return 0
    return int(done.stdout, 16) % _NAMED if done.returncode == 0 else 0


def one() -> int:
    """The seed of this run; SEED, when it is set, says which. conftest.py sets it once for all workers."""
    return int(os.environ["SEED"]) if "SEED" in os.environ else of_commit()


def of_references() -> range:
    """Where the references are judged."""
    return range(MANY) if MANY else range(one(), one() + 1)


def of_answers() -> range:
    """Where an exercise's other answers and its mistakes are judged: in a run of `make test` all at one seed, so that its cases are drawn once."""
    return range(max(4, MANY // 10)) if MANY else range(one(), one() + 1)
