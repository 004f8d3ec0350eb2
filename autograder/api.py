"""The judge for other programs: ``from autograder.api import judge``. docs/deploying.md describes it; what stands here stays.

``judge(file)`` gives the `Verdict` on one notebook, in about a second; a `Grader` stays warm for many. `Verdict.to_json` is plain data of a stable,
versioned format, which `schema()` describes; `FORMS` turn it into what Gradescope, JUnit's readers and people take.
"""

import sys

from .judge.options import LINUX_ONLY

if sys.platform != "linux":
    raise ImportError(LINUX_ONLY)

from .doors.forms import FORMS
from .doors.one import Grader, judge
from .doors.verdict import FORMAT, CheckVerdict, ExerciseVerdict, Verdict, schema

__all__ = ["FORMAT", "FORMS", "CheckVerdict", "ExerciseVerdict", "Grader", "Verdict", "judge", "schema"]
