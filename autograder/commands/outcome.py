"""How the teacher's commands end: one sentence and one exit code for whatever stands in their way."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

FALSE, WRONG_USE, OURS, BUSY, STOPPED = 1, 2, 3, 4, 130
CODES = """\
0 all is well · 1 a grade is not to be believed, or a notebook is stale · 2 wrong use · 3 an error of ours stands: somebody has no
grade through no fault of theirs, or the command could not do its work, or nobody was graded · 4 another run grades this lesson
already · 130 it was stopped by Ctrl-C."""


class WrongUse(ValueError):
    """What was asked for makes no sense; the message says what does."""


def one_sentence(nothing: str) -> Callable:
    """A decorator for commands: what stands in the way is a sentence that begins with `nothing`, and an exit code; no traceback."""

    def decorate(command: Callable) -> Callable:
        @functools.wraps(command)
        def run(arguments) -> int:
            from ..files.settings import SettingsError
            from ..gradebook.registration import GradebookError
            from ..judge.signing import KeyProblem

            try:
                return command(arguments)
            except BrokenPipeError:
                raise  # whoever read the output left; `autograder.__main__` knows
            except KeyboardInterrupt:
                print("\nStopped. What was finished is kept: run the command again to go on.", file=sys.stderr)
                return STOPPED
            except WrongUse as problem:
                return fail(problem, WRONG_USE, nothing)
            except (SettingsError, GradebookError, KeyProblem, OSError) as problem:
                return fail(problem, OURS, nothing)
            except LookupError as problem:
                if type(problem) is not LookupError:
                    raise  # a KeyError or an IndexError is a mistake in our code
                return fail(problem, WRONG_USE, nothing)

        return run

    return decorate


def fail(problem: Exception | str, code: int, nothing: str) -> int:
    """Say what stood in the way, and return `code`."""
    print(f"{nothing}{problem}", file=sys.stderr)
    return code
