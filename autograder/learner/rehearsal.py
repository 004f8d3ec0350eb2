"""Runs changed copies of a learner's code without a trace: on copies of what they use, for a bounded time, or not at all."""

from __future__ import annotations

import ast
import contextlib
import dis
import inspect
import io
import os
import random
import signal
import textwrap
import threading
import time
import types
import warnings
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None

import numpy as np

from ..engine.places import Code
from ..shared.answer import Died, LocalAnswer, OutOfTime
from ..shared.rehearsal import codes, rehearsed, used
from .watch import can_watch, watched

# modules whose functions compute and do nothing else
_MODULES = {
    "numpy", "math", "cmath", "itertools", "functools", "operator", "collections", "copy", "warnings", "random", "fractions", "decimal",
    "statistics", "typing", "types", "numbers", "dataclasses", "string", "builtins", "abc", "enum", "heapq", "bisect", "scipy",
}  # fmt: skip
COPY = "<a copy of your function>"  # the file that Python names for it
_OWN = 10.0  # seconds for the learner's own code
_HEADROOM = 1 << 28  # bytes that changed copies may take beside what the notebook has
# words that reach out of the process, stop it, or make code of text, wherever they come from
_WORDS = {
    "open", "exec", "eval", "compile", "input", "__import__", "breakpoint", "exit", "quit", "globals", "vars", "setattr", "delattr", "sleep",
    "save", "savez", "savez_compressed", "savetxt", "load", "loadtxt", "genfromtxt", "fromfile", "tofile", "memmap", "DataSource", "ctypeslib",
    "show", "savefig", "get_ipython", "dump", "write", "unlink", "remove_file", "system", "popen",
}  # fmt: skip


class Refused(Exception):
    """The code is not run; the text says why, to the learner."""


@dataclass
class Patience:
    """How long a call of changed code may take: `seconds`, and half of that after each that had to be stopped.

    A loop that never ends is changed in a hundred ways that never end either, and they would use up the time of the search.
    """

    seconds: float = 0.25
    least: float = 0.02

    def lose(self) -> None:
        """A call was stopped."""
        self.seconds = max(self.least, self.seconds / 2)


class TimedAnswer(LocalAnswer):
    """An answer whose calls end when the `patience` of processor time does, as far as the system can, and are refused after the `end`."""

    def __init__(self, function, names, patience: Patience, end: float = float("inf")):
        super().__init__(function, names)
        self.patience, self.end = patience, end

    def call(self, args, program="", counted=False):
        if time.process_time() > self.end:
            raise Died("timeout", "the time for the search is over")
        try:
            return self._in_time(args, program, counted)
        except Died:
            self.patience.lose()
            raise

    def _in_time(self, args, program, counted):
        if not _has_timer():
            return self._watched(args, program, counted)
        signal.setitimer(signal.ITIMER_PROF, self.patience.seconds)
        try:
            return super().call(args, program, counted)
        except OutOfTime as limit:  # the moment came while the outcome was written down
            raise Died("timeout", str(limit)) from None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _watched(self, args, program, counted):
        def stop():
            raise OutOfTime("a changed copy took too long")

        try:
            with watched(self.patience.seconds, stop) if can_watch() else contextlib.nullcontext():
                return super().call(args, program, counted)
        except OutOfTime as limit:
            raise Died("timeout", str(limit)) from None


def _has_timer() -> bool:
    return hasattr(signal, "ITIMER_PROF") and threading.current_thread() is threading.main_thread()


class Rehearsal:
    """A learner's function and its helpers, to be run changed. `names` is the notebook's namespace, which stays as it is.

    Raises `Refused` where the source is not at hand or the code reaches out of the process.
    """

    def __init__(self, function, names: dict, needs: tuple[str, ...] = (), helpers_but: frozenset = frozenset()):
        self.function, self.names, self.patience, self.end = function, names, Patience(), float("inf")
        self.entry = getattr(function, "__name__", "")
        parts = {self.entry: _source(function)}
        heads = _defining(parts[self.entry], names)
        self.used = list(
            dict.fromkeys([*heads, *used([inspect.unwrap(function), *(names[word] for word in (*heads, *needs) if word in names)], names)])
        )
        _refuse_what_reaches_out(inspect.unwrap(function), self.used, names)
        for word in self.used:
            value = names.get(word)
            mine = isinstance(value, types.FunctionType) and value.__globals__ is names and value is not function
            if mine and word not in helpers_but and value.__name__ == word:
                with contextlib.suppress(Refused):
                    parts[word] = _source(value)
        self.code = Code(_defined(parts[self.entry]), tuple(parts.values()))
        if (
            not _has_timer()
            and not can_watch()
            and any(isinstance(n, ast.While) for text in parts.values() for n in ast.walk(ast.parse(text)))
        ):
            raise Refused("A changed loop might never end, and this system offers no way to stop it.")

    def as_it_is(self) -> TimedAnswer:
        """The learner's own code, unchanged, on copies: what changed code is measured by."""
        module = ast.Module([node for text in self.code.functions for node in ast.parse(text).body], [])
        try:
            answer = self.answer_for(module)
        except Exception as problem:
            raise Refused(f"A copy of your function cannot be defined ({type(problem).__name__}).") from None
        answer.patience, answer.end = Patience(_OWN), time.process_time() + _OWN
        return answer

    def answer_for(self, module: ast.Module) -> TimedAnswer:
        """The answer that the functions of `module` give, on fresh copies of everything that they use."""
        mine = rehearsed(compile(module, COPY, "exec"), self.used, self.names)
        return TimedAnswer(mine[self.code.entry], mine, self.patience, self.end)

    def seen(self) -> dict:
        """The names that the code uses, for changes that need to know what they are."""
        return {word: self.names[word] for word in self.used}


@contextlib.contextmanager
def without_a_trace():
    """Prints and warnings swallowed, random states and the process's timer put back; a call that takes too long is ended."""
    legacy, plain = np.random.get_state(), random.getstate()
    errors = np.geterr()

    def stop(*_):
        raise OutOfTime("a changed copy took too long")

    before = signal.signal(signal.SIGPROF, stop) if _has_timer() else None
    memory = _limit_memory()
    try:
        with warnings.catch_warnings(), _silence():
            warnings.simplefilter("ignore")
            yield
    finally:
        if _has_timer():
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, memory)
        np.random.set_state(legacy)
        random.setstate(plain)
        np.seterr(**errors)


@contextlib.contextmanager
def _silence():
    """Nothing that is printed gets through, not even what LAPACK writes of illegal values, which goes past Python."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), open(os.devnull, "w") as nowhere:
        kept = {}
        with contextlib.suppress(OSError):  # a page's Python cannot: nothing goes past it there
            kept = {number: os.dup(number) for number in (1, 2)}
        try:
            for number in kept:
                os.dup2(nowhere.fileno(), number)
            yield
        finally:
            for number, copy_of_it in kept.items():
                os.dup2(copy_of_it, number)
                os.close(copy_of_it)


def _limit_memory() -> tuple[int, int] | None:
    """Bounds what a changed copy can ask for, where the system tells how much there is now; the limits from before."""
    try:
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, AttributeError):
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = now + _HEADROOM
    if soft == resource.RLIM_INFINITY or soft > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        return soft, hard
    return None


def _source(function) -> str:
    """The text of a function. Raises `Refused`."""
    try:
        text = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(text)
    except (OSError, TypeError, SyntaxError):
        raise Refused("The text of your function is not at hand; run its cell again, then ask once more.") from None
    if len(tree.body) != 1 or not (isinstance(tree.body[0], ast.FunctionDef) or _is_lambda(tree.body[0])):
        raise Refused("Places are looked for in a function that begins with def.")
    return text


def _defining(text: str, names: dict) -> list[str]:
    """The names of the notebook that are asked for when the function is defined: by its decorators, defaults and annotations."""
    node = ast.parse(text).body[0]
    heads = [*node.decorator_list, node.args, *filter(None, [node.returns])] if isinstance(node, ast.FunctionDef) else []
    return [part.id for head in heads for part in ast.walk(head) if isinstance(part, ast.Name) and part.id in names]


def _is_lambda(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda) and isinstance(node.targets[0], ast.Name)


def _defined(text: str) -> str:
    node = ast.parse(text).body[0]
    return node.name if isinstance(node, ast.FunctionDef) else node.targets[0].id


def _refuse_what_reaches_out(function, words: list[str], names: dict) -> None:
    for value in [function, *(names[word] for word in words)]:
        for code in codes(value):
            for word in code.co_names:
                if word in _WORDS or word.startswith("__") and word not in ("__name__", "__class__", "__init__", "__len__", "__add__"):
                    raise Refused(f"Your code uses {word}. Code that reaches beyond its own numbers is not run again here.")
            for step in dis.get_instructions(code):
                if step.opname == "IMPORT_NAME" and step.argval.split(".")[0] not in _MODULES:
                    raise Refused(f"Your code imports {step.argval}. Code that reaches beyond its own numbers is not run again here.")
    for word in words:
        value = names[word]
        home = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", None) or "builtins"
        if callable(value) or isinstance(value, types.ModuleType):
            root = home.split(".")[0]
            if root not in _MODULES and not (home == names.get("__name__", "__main__") or root == "__main__"):
                raise Refused(f"Your code uses {word}, which comes from {root}. Only code that computes is run again here.")
