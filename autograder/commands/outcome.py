"""How the teacher's commands end: one sentence and one exit code for whatever stands in their way."""

from __future__ import annotations

import functools
import inspect
import sys
import time
from collections.abc import Callable

from .log import JsonLog

FALSE, WRONG_USE, OURS, BUSY, STOPPED = 1, 2, 3, 4, 130
CODES = """\
0 all is well · 1 a grade is not to be believed, or a notebook is stale · 2 wrong use · 3 an error of ours stands: somebody has no
grade through no fault of theirs, or the command could not do its work, or nobody was graded · 4 another run grades this lesson
already · 130 it was stopped by Ctrl-C."""


_said: list[str] = []  # what `fail` said since the command began: its log's last line has it


class WrongUse(ValueError):
    """What was asked for makes no sense; the message says what does."""


def one_sentence(nothing: str) -> Callable:
    """A decorator for commands: what stands in the way is a sentence that begins with `nothing`, and an exit code; no traceback.

    A command with a second parameter, `log`, gets the `JsonLog` that ``--log-json`` asks for; its last line is the event "end".
    """

    def decorate(command: Callable) -> Callable:
        logs = "log" in inspect.signature(command).parameters

        @functools.wraps(command)
        def run(arguments) -> int:
            _said.clear()
            try:
                log = JsonLog(getattr(arguments, "log_json", ""), arguments.command)
            except OSError as problem:
                return fail(f"the log cannot be written: {problem}", OURS, nothing)
            start, code = time.monotonic(), OURS
            try:
                code = _outcome(functools.partial(command, arguments, log) if logs else functools.partial(command, arguments), nothing)
            finally:
                log("end", code=code, seconds=round(time.monotonic() - start, 3), problems=[*_said])
                log.close()
            return code

        return run

    return decorate


def _outcome(command: Callable[[], int], nothing: str) -> int:
    """The exit code of a command, whatever stands in its way."""
    from ..files.settings import SettingsError
    from ..gradebook.registration import GradebookError
    from ..judge.signing import KeyProblem

    try:
        return command()
    except BrokenPipeError:
        raise  # whoever read the output left; `autograder.__main__` knows
    except KeyboardInterrupt:
        return fail("Stopped. What was finished is kept: run the command again to go on.", STOPPED, "\n")
    except WrongUse as problem:
        return fail(problem, WRONG_USE, nothing)
    except (SettingsError, GradebookError, KeyProblem, OSError) as problem:
        return fail(problem, OURS, nothing)
    except LookupError as problem:
        if type(problem) is not LookupError:
            raise  # a KeyError or an IndexError is a mistake in our code
        return fail(problem, WRONG_USE, nothing)


def fail(problem: Exception | str, code: int, nothing: str) -> int:
    """Say what stood in the way, and return `code`."""
    _said.append(str(problem))
    print(f"{nothing}{problem}", file=sys.stderr)
    return code
