"""What an exercise is: its points, its cases, its checks, and the mistakes it knows by name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from .case import View
from .compare import EXACT, SAME_NUMBERS, Tolerance, equal_values
from .domains import Domain, edge_cases
from .part import Part

USUAL_SECONDS = 2.0  # of processor time for all calls of an exercise, in a kernel and in grading


class Miss(Exception):
    """A promise that does not hold. `given` and `wanted` are values or text, `why` is one sentence for the learner. `calls` are the arguments of the calls that it is about, if of several; `tolerance` is the one that was not kept."""

    def __init__(self, given=None, wanted=None, why: str = "", calls: Sequence[tuple] = (), tolerance=None):
        super().__init__(why)
        self.given, self.wanted, self.why, self.calls, self.tolerance = given, wanted, why, list(calls), tolerance
        self.part = ""  # the part of a value that it is about, in words; contracts fill it in
        self.call: tuple | None = None  # the arguments of the call it is about; the runner fills it in
        self.input = ""  # code to show instead of that call
        self.returned: list = []  # what the calls of the case returned; the runner fills it in


class Contract(Protocol):
    """What an answer must return; `contracts` has them."""

    @property
    def sentence(self) -> str:
        """What the learner reads."""

    def accept(self, value, args: tuple):
        """The value as the checks get it. Raises `Miss` when it is something else."""


@dataclass(frozen=True)
class Check:
    """One promise. Its sentence, the docstring's first line, is what the learner reads.

    One that is `implicit` earns nothing: an answer that breaks it loses `weight` as a share of what it earned. It comes `afterwards` when
    it makes calls of its own or looks at those that were made. One that comes `last` may end the answer's process, which fails it and no other.
    """

    name: str
    sentence: str
    function: Callable
    weight: float
    cases: Callable | None
    needs: tuple[str, ...]
    counts: bool = False
    domain: bool = False
    implicit: bool = False
    afterwards: bool = False
    last: bool = False


@dataclass(frozen=True)
class Mistake:
    """An executable wrong answer, and the message that its author deserves.

    One that is known `by_size` stands for all answers with numbers within its tolerance that fail the same "checks", or on the same
    kind of "calls" (those that leave out the same arguments), whatever made them so; its message claims no more than that.
    """

    name: str
    message: str
    function: object
    tolerance: Tolerance
    by_size: Literal["", "checks", "calls"] = ""


@dataclass
class Exercise:
    """One function for the learner to write, and how it is judged. It contains no answer.

    `name` is the name of the learner's function and the key to everything. `asks` is one line for tables. `returns` is a contract, applied to every returned value.
    `program` names the program that drives the answer where a plain call is not enough; its arguments are then those of the cases. `needs` are other functions of the learner that
    the program uses; `stand_ins` are ours in their place while a mistake is replayed, no better than the program requires. `minutes` and `difficulty` (1 to 5) are honest estimates for the header. `seconds` is the processor time that all calls of an answer may take
    together, where ours is so slow that the usual `USUAL_SECONDS` are less than twenty times as much. `show` turns a case into code where the plain call would not do. `tolerance` is
    for the agreement with the reference: `compare.EXACT` for formulas, something from theory for numerical methods,
    None where right answers may differ and the checks decide alone. With `counts_calls` a mistake is recognised only in an
    answer that calls f about as often; switch it off where the same mistake is made with very different numbers of calls.

    `domains` says what each argument may be (see `domains`), by name. `clauses` says of each promise of the docstring, quoted by a few of
    its words, which check holds it: the name of one, "edges" for all those with domain=True, "examples", "leaves_arguments_alone" or "prose" for what
    promises nothing. `changes` names the arguments that the contract lets it change, `own_memory` is whether its value may share none
    with them. `docstring` is the released function's, filled in by the registry. `given` are functions to be read: the builder puts them into a cell above.
    """

    name: str
    points: float
    asks: str
    returns: Contract | None = None
    signature: str = "f, x, h"
    hints: tuple[str, ...] = ()
    program: str = ""
    needs: tuple[str, ...] = ()
    stand_ins: dict[str, Callable] = field(default_factory=dict)
    minutes: int = 5
    difficulty: int = 2
    seconds: float = 0.0
    lesson: str = ""
    checks: list[Check] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    make_cases: Callable[[np.random.Generator], Iterable[tuple]] | None = None
    show: Callable[..., str] | None = None
    make_view: Callable[..., View | None] | None = None
    tolerance: Tolerance | None = EXACT
    counts_calls: bool = True
    domains: dict[str, Domain] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    own_memory: bool = False
    docstring: str = ""
    make_edges: Callable[[np.random.Generator], Iterable[tuple]] | None = None
    given: tuple[Callable, ...] = ()

    def cases(self, function):
        """Register ``cases(rng)``: yields tuples of arguments, all random numbers drawn from `rng`."""
        if self.make_cases is not None:
            raise ValueError(f"{self.name} has its cases already; give a check its own with check(cases=...)")
        self.make_cases = function
        return function

    def edges(self, function):
        """Register ``edges(rng)``: cases beside those that the domains draw, for all checks with domain=True and for the reference."""
        if self.make_edges is not None:
            raise ValueError(f"{self.name} has its edges already")
        self.make_edges = function
        return function

    def check(
        self,
        weight: float = 1.0,
        *,
        cases=None,
        needs: tuple[str, ...] = (),
        counts: bool = False,
        domain: bool = False,
        last: bool = False,
    ):
        """Register ``check(t, *case)``: returns nothing or raises `Miss`; `needs` names checks that must hold first.

        A check that makes three calls and more on a case does well to make them together, ``t.each([(f, x, h), (f, x, h / 2), …])``.
        `counts` says that it reads `t.evaluations`: then the judge itself answers every call of f, which costs a round trip each.
        `domain` says that it holds on the whole domain of the exercise: then it is asked `edge_cases` as well. `last` says that it asks for so
        much that a wrong answer may not survive: it comes after all others, and an answer that ends there has failed it alone.
        """

        def register(function):
            sentence = (function.__doc__ or "").strip().splitlines()
            if not sentence:
                raise ValueError(f"{self.name}.{function.__name__} needs a docstring: it is the line the learner reads")
            if inspect.isgeneratorfunction(function):
                raise ValueError(f"{self.name}.{function.__name__} yields; a check returns nothing or raises Miss")
            made = Check(function.__name__, sentence[0].rstrip("."), function, weight, cases, tuple(needs), counts, domain, last=last)
            self.checks.append(made)
            return function

        return register

    def mistake(self, message: str, name: str = "", tolerance: Tolerance = SAME_NUMBERS, by_size: Literal["", "checks", "calls"] = ""):
        """Register a wrong answer (a function, or a class) under its own name, with the message it deserves.

        `tolerance` is for mistakes that people make with other numbers than ours, such as another step. The message must be
        true of every answer that does the same on all calls of the checks. `by_size` (see `Mistake`) is for steps that are
        unsuitable, one way or another: then the numbers need not be off by what ours are.
        """

        def register(function):
            self.mistakes.append(Mistake(name or function.__name__, message, function, tolerance, by_size))
            return function

        return register

    def picture(self, function):
        """Register ``picture(*call)``: the `View` of a failing call's arguments, or None where no explorer can show them."""
        if self.make_view is not None:
            raise ValueError(f"{self.name} has its picture already")
        self.make_view = function
        return function

    def agrees(self, given, wanted) -> bool:
        """Whether a value agrees with the reference's; NaN agrees with nothing, and nothing agrees where there is no tolerance."""
        return self.tolerance is not None and equal_values(given, wanted, self.tolerance)

    def rng(self, seed: int, stream: str = "") -> np.random.Generator:
        """The generator for `seed`: another one for every exercise and stream, the same in every run."""
        # what default_rng makes of [seed, *bytes], without its slow way through a list of Python's numbers
        limbs = [seed >> shift & 0xFFFFFFFF for shift in range(0, max(1, seed.bit_length()), 32)]
        return np.random.default_rng(np.array([*limbs, *f"{self.name}/{stream}".encode()], dtype=np.uint32))

    @property
    def parameters(self) -> list[str]:
        """The names of the arguments, in their order."""
        return [name.partition("=")[0].strip() for name in self.signature.split(",") if name.strip()]

    def edge_cases(self, rng: np.random.Generator) -> Iterator[tuple]:
        """Inputs from all over the domain, and those that the exercise adds itself."""
        if self.domains:
            given = [name for name in self.parameters if name in self.domains]
            yield from edge_cases(self.domains, [*given, *(name for name in self.domains if name not in given)], rng)
        if self.make_edges is not None:
            yield from self.make_edges(rng)

    def draw(self, seed: int, check: Check | None = None) -> Iterator[tuple]:
        """The cases of a check (or of the exercise) for `seed`, each a tuple of arguments."""
        maker = (check.cases if check else None) or self.make_cases
        if maker is None:
            raise ValueError(f"{self.name} has no cases; add a function under @{self.name}.cases")
        # keyed by the maker, not the check: checks that share cases see the same numbers
        yield from (case if isinstance(case, tuple) else (case,) for case in maker(self.rng(seed, maker.__name__)))


class Lesson:
    """All exercises of one notebook, in order. `name` is the notebook's, for example "01_derivative"; one that was put in later takes
    the number before it and a letter, "01b_rules", so that no other is renamed.

    The points of a `bonus` lesson come on top: they stand outside the course's sum. `minutes` and `parts` are counted from
    the lesson's text by `make build`; a lesson that was never built has none.
    """

    def __init__(self, name: str, title: str, question: str, *, bonus: bool = False):
        if not re.fullmatch(r"\d\d[a-z]?_[a-z_]+", name):
            raise ValueError(f"a lesson is named like 01_derivative or 01b_rules, not {name!r}")
        self.name, self.title, self.question, self.bonus = name, title, question, bonus
        self.number = name.partition("_")[0]  # what stands before the title: "01", "01b"
        self.minutes = 0
        self.parts: list[Part] = []
        self.exercises: dict[str, Exercise] = {}

    def exercise(self, name: str, points: float, asks: str, **settings) -> Exercise:
        """Add an exercise. Raises `ValueError` when the name is taken."""
        return self.add(Exercise(name, points, asks, **settings))

    def add(self, exercise: Exercise) -> Exercise:
        """Add an exercise that was made elsewhere, such as a choice."""
        if exercise.name in self.exercises:
            raise ValueError(f"{self.name} has two exercises called {exercise.name}; rename one")
        exercise.lesson = self.name
        self.exercises[exercise.name] = exercise
        return exercise

    def sort(self, order: list[str]) -> None:
        """Bring the exercises into the `order` of their names; those it does not name come last."""
        place = {name: number for number, name in enumerate(order)}
        self.exercises = dict(sorted(self.exercises.items(), key=lambda item: place.get(item[0], len(place))))

    @property
    def points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises.values())
