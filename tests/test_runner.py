"""The runner: gates, skips with a reason, shrinking, remarks, diagnoses, and whose fault an error is."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.engine.report import CheckStatus, Report, Sheet, Status
from autograder.engine.runner import run
from autograder.shared.answer import Died, LocalAnswer
from autograder.shared.functions import Function
from autograder.writing.bank import SINE
from autograder.writing.contracts import Array
from autograder.writing.exercise import CheckOnly, Exercise, Lesson, Miss


@pytest.fixture
def exercise():
    """A small exercise: row sums of a matrix."""
    e = Exercise("row_sums", 4, "sums of the rows", signature="A", returns=Array(lambda A: A.shape[:1]))

    @e.cases
    def matrices(rng):
        for shape in ((2, 3), (4, 2), (3, 3)):
            yield (rng.normal(size=shape),)

    @e.check()
    def sums(t, A):
        """Each number is the sum of its row"""
        t.equal(t(A), A @ np.ones(A.shape[1]))

    @e.check(needs=("sums",))
    def negative(t, A):
        """Negative entries count as they are"""
        t.equal(t(-np.abs(A)), -np.abs(A) @ np.ones(A.shape[1]), "The sum of negative numbers is negative.")

    return e


def test_right(exercise):
    report = run(exercise, LocalAnswer(lambda A: A.sum(axis=1)))
    assert (report.status, report.points, report.mistake) == (Status.RIGHT, 4, "")
    assert [f.status for f in report.findings] == [CheckStatus.PASS] * 3


def test_a_failed_gate_skips_the_rest_with_a_reason(exercise):
    report = run(exercise, LocalAnswer(lambda A: A.sum(axis=0)))
    assert (report.status, report.points) == (Status.WRONG, 0)
    gate, *rest = report.findings
    assert gate.status is CheckStatus.FAIL and "shape (3,)" in gate.given and "(2,)" in gate.wanted
    assert all(f.status is CheckStatus.SKIP and gate.sentence in f.why for f in rest)


def test_none_is_told_apart(exercise):
    report = run(exercise, LocalAnswer(lambda A: None))
    assert "return" in report.first_miss.why


def test_an_exception_of_the_answer_is_a_finding(exercise):
    def answer(A):
        return 1 / 0

    report = run(exercise, LocalAnswer(answer))
    assert report.status is Status.RAISED and "ZeroDivisionError" in report.first_miss.given and report.points == 0


def test_partial_credit(exercise):
    report = run(exercise, LocalAnswer(lambda A: A.sum(axis=1) if A.max() > 0 else np.zeros(len(A))))
    assert (report.status, report.points) == (Status.PARTIAL, 2)


def test_the_failing_input_is_small_and_can_be_pasted(exercise):
    report = run(exercise, LocalAnswer(lambda A: A.sum(axis=1) + 1))
    names = {"np": np, "row_sums": lambda A: A.sum(axis=1) + 1}
    lines = report.first_miss.input.splitlines()
    exec("\n".join(lines[:-1]), names)
    assert eval(lines[-1], names).shape == (2,)
    assert len(report.first_miss.input) < 100


@pytest.mark.parametrize("answer, name, words", [
    (lambda A: -A.sum(axis=1), "sign", "sign flipped"),
    (lambda A: A.sum(axis=1) / 2, "factor", "times 0.5"),
    (lambda A: -3 * A.sum(axis=1), "sign-factor", "sign flipped and times 3"),
    (lambda A: A.mean(axis=1), "factor", "divided by the length of axis 1 of A"),
    (lambda A: A.sum(axis=1) + 1, "offset", "plus 1"),
    (lambda A: A.sum(axis=1) / np.linalg.norm(A.sum(axis=1)), "unit", "length one"),
    (lambda A: np.float32(A).sum(axis=1), "float32", "float32"),
    (lambda A: np.sort(A.sum(axis=1)) ** 2, "", ""),
])  # fmt: skip
def test_generic_diagnoses(exercise, answer, name, words):
    report = run(exercise, LocalAnswer(answer))
    assert (report.mistake, words in report.diagnosis) == (name, True), report


def test_generic_diagnosis_of_axes():
    e = Exercise("outer", 1, "x", signature="a, b", returns=Array(None))
    e.cases(lambda rng: ((rng.normal(size=3), rng.normal(size=3)) for _ in range(3)))

    @e.check()
    def right(t, a, b):
        """Right"""
        t.equal(t(a, b), a[:, None] * b)

    assert (
        run(e, LocalAnswer(lambda a, b: -2 * np.outer(b, a))).diagnosis
        == "Your numbers are the right ones transposed and with the sign flipped and times 2."
    )


def test_known_mistakes_go_before_generic_ones_and_may_abstain(exercise):
    exercise.mistake("You take the mean.")(lambda A: A.mean(axis=1))
    assert run(exercise, LocalAnswer(lambda A: A.mean(axis=1))).diagnosis == "You take the mean."
    assert run(exercise, LocalAnswer(lambda A: A.mean(axis=1) + A[:, 0] ** 3)).mistake == ""


def test_remarks_cost_nothing(exercise):
    def answer(A):
        print("hello")
        np.log(np.array([-1.0]))
        total = A.sum(axis=1).astype(np.float32) * 0 + A.sum(axis=1)
        A[:] = 0
        return total

    report = run(exercise, LocalAnswer(answer))
    assert report.points == 4
    assert sum(word in " ".join(report.remarks) for word in ("prints", "RuntimeWarning", "changes its input A")) == 3


def test_a_stub_is_not_attempted(exercise):
    def stub(A):
        raise NotImplementedError

    assert run(exercise, LocalAnswer(stub)).status is Status.NOT_ATTEMPTED


def test_an_error_of_ours_is_no_zero_of_theirs(exercise):
    @exercise.check()
    def broken(t, A):
        """Broken"""
        raise KeyError("ours")

    report = run(exercise, LocalAnswer(lambda A: A.sum(axis=1)))
    assert report.status is Status.ERROR and "KeyError" in report.detail
    assert Sheet("l", "s", reports={"row_sums": report}).is_error


def test_a_dead_answer_is_named(exercise):
    class Dead:
        remote = False

        def call(self, args, program="", counted=False):
            raise Died("memory", "asked for 8 GB")

    report = run(exercise, Dead())
    assert (report.status, report.points, report.detail) == (Status.MEMORY, 0, "asked for 8 GB")


def test_agreement_with_the_reference_on_hidden_cases(exercise):
    reference = LocalAnswer(lambda A: A.sum(axis=1))
    public = [A.tobytes() for (A,) in exercise.draw(0)]

    def knows_the_public_cases(A):
        return A.sum(axis=1) if A.tobytes() in public or (A <= 0).all() else A.sum(axis=1) + 1

    assert run(exercise, LocalAnswer(knows_the_public_cases)).points == 4
    report = run(exercise, LocalAnswer(knows_the_public_cases), reference)
    assert 0 < report.points < 4 and report.first_miss.check == "agrees_with_the_reference"


def test_what_the_check_is_told_the_answer_is_not():
    seen = []
    e = Exercise("f", 1, "x", signature="x", returns=Array())
    e.cases(lambda rng: iter([(1.0, CheckOnly("secret")), (2.0, CheckOnly("secret"))]))

    @e.check()
    def right(t, x, told):
        """Right"""
        t.holds(told == "secret" and t(x) == x)

    assert run(e, LocalAnswer(lambda *args: seen.append(args) or args[0])).points == 1
    assert all(len(args) == 1 for args in seen)


def test_functions_reach_the_answer_as_counted_oracles():
    e = Exercise("twice", 1, "x", signature="f, x", returns=Array())
    e.cases(lambda rng: iter([(SINE, 0.3)]))

    @e.check(counts=True)
    def cheap(t, f, x):
        """At most two evaluations"""
        t(f, x)
        t.holds(t.evaluations <= 2, t.evaluations, "2 evaluations")

    assert run(e, LocalAnswer(lambda f, x: f(x) + f(x))).points == 1
    assert run(e, LocalAnswer(lambda f, x: f(x) + f(x) + f(x))).points == 0
    assert run(e, LocalAnswer(lambda f, x: f.derivative(x))).status is Status.RAISED, "an oracle tells values, nothing else"


def test_an_answer_cannot_spoil_the_inputs_of_later_calls(exercise):
    def spoiler(A):
        total = A.sum(axis=1)
        A *= 0
        return total

    assert run(exercise, LocalAnswer(spoiler)).points == 4


def test_report_and_sheet_survive_json(exercise):
    report = run(exercise, LocalAnswer(lambda A: A.sum(axis=1) + 1))
    assert Report.from_json(report.to_json()) == report
    sheet = Sheet("01_derivative", "ada", reports={"row_sums": report}, seed=3)
    assert Sheet.from_json(sheet.to_json()) == sheet
    with pytest.raises(ValueError, match="not a report"):
        Report.from_json({"exercise": "x"})


def test_registration_refuses_nonsense():
    with pytest.raises(ValueError, match="01_derivative"):
        Lesson("derivative", "", "", 1)
    lesson = Lesson("77_test", "t", "q", 1)
    e = lesson.exercise("one", 1, "x")
    with pytest.raises(ValueError, match="two exercises"):
        lesson.exercise("one", 1, "x")
    with pytest.raises(ValueError, match="docstring"):
        e.check()(lambda t: None)
    with pytest.raises(ValueError, match="yields"):

        @e.check()
        def never_runs(t, x):
            """A generator that nobody asks for its first value"""
            yield t(x)

    with pytest.raises(ValueError, match="no cases"):
        list(e.draw(0))


def test_a_miss_keeps_values():
    miss = Miss(1, 2, "why")
    assert (miss.given, miss.wanted, miss.why, str(miss)) == (1, 2, "why", "why")
    assert Function("x**2").source == "lambda x: x**2"


class Listening(LocalAnswer):
    """A remote answer that writes down which calls were planned and which were made, by the identity of the first argument."""

    remote = True

    def __init__(self, function):
        super().__init__(function)
        self.planned, self.made = [], []

    def prefetch(self, calls, program=""):
        self.planned.append([id(call[0]) for call in calls])

    def call(self, args, program="", counted=False):
        self.made.append(id(args[0]))
        return super().call(args, program, counted)


def doubling(exercise, function):
    """`exercise` with a check that is `function`."""
    function.__doc__ = "Twice the matrix, twice the sums"
    exercise.check()(function)
    return exercise


def test_the_calls_of_all_cases_are_planned_together_and_judged_in_order(exercise):
    def twice(t, A):
        t.equal(t(2 * A), 2 * t(A))

    answer = Listening(lambda A: A.sum(axis=1))
    assert run(doubling(exercise, twice), answer, LocalAnswer(lambda A: A.sum(axis=1))).status is Status.RIGHT
    (planned,) = answer.planned
    assert len(planned) == 1 + 3 + 3 * 3, "the first case, the hidden ones, and those of three checks"
    first, hidden, sums, _, doubled = planned[:1], planned[1:4], planned[4:7], planned[7:10], planned[10:]
    unplanned = len(first + sums) + 3
    assert answer.made[:4] == first + sums and answer.made[unplanned + 1 :: 2][:3] == doubled and answer.made[-3:] == hidden, (
        "the very same arguments"
    )


def test_several_calls_of_a_check_are_planned_when_it_makes_them(exercise):
    def twice(t, A):
        once, two, three = t.each([(A,), (2 * A,), (3 * A,)])
        t.equal(two + once, three)

    answer = Listening(lambda A: A.sum(axis=1))
    assert run(doubling(exercise, twice), answer).status is Status.RIGHT
    _, *several = answer.planned
    assert [len(planned) for planned in several] == [3, 3, 3] and sum(several, []) == answer.made[-9:]


def test_a_check_that_counts_is_not_planned(exercise):
    @exercise.check(counts=True)
    def counted(t, A):
        """No evaluations"""
        t.each([(A,), (2 * A,)])
        t.holds(t.evaluations == 0)

    answer = Listening(lambda A: A.sum(axis=1))
    assert run(exercise, answer).status is Status.RIGHT
    assert [len(planned) for planned in answer.planned] == [1 + 3 + 3]


def test_nothing_is_planned_for_a_local_answer_and_no_case_is_drawn_for_a_check_that_is_skipped(exercise):
    drawn = []

    def matrices(rng):
        drawn.append("other cases")
        yield (rng.normal(size=(2, 2)),)

    @exercise.check(cases=matrices)
    def other(t, A):
        """The sums are sums"""
        t(A)

    class Local(Listening):
        remote = False

    local, remote = Local(lambda A: None), Listening(lambda A: None)
    assert run(exercise, local).to_json() == run(exercise, remote).to_json()
    assert (local.planned, len(remote.planned), drawn) == ([], 1, ["other cases"])


def test_of_several_calls_the_one_that_fails_is_shown_and_shrunk(exercise):
    def twice(t, A):
        once = t(A)
        t.equal(t(2 * A), 2 * once, "It should double.")
        t(3 * A)

    report = run(doubling(exercise, twice), LocalAnswer(lambda A: np.where(np.abs(A).max() > 2, 0, A).sum(axis=1)))
    (finding,) = [f for f in report.findings if f.check == "twice"]
    assert finding.status is CheckStatus.FAIL and finding.why == "It should double."
    assert "array([[" in finding.input and len(finding.input) < 60, "simple numbers"
