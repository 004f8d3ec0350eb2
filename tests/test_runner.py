"""The runner: gates, skips with a reason, shrinking, remarks, diagnoses, and whose fault an error is."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.engine.implicit import ARGUMENTS
from autograder.engine.report import CheckStatus, Report, Sheet, Status
from autograder.engine.runner import run
from autograder.exercises import exercises
from autograder.shared.answer import Died, LocalAnswer
from autograder.shared.functions import Function
from autograder.writing.bank import SINE
from autograder.writing.case import CheckOnly
from autograder.writing.compare import Tolerance
from autograder.writing.contracts import Array, Boolean, Items
from autograder.writing.exercise import Exercise, Lesson, Miss


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
    (lambda A: 3 * A.sum(axis=1) - 2, "factor-offset", "times 3 and then plus -2"),
    (lambda A: np.roll(A.sum(axis=1), 1), "order", "in another order"),
    (lambda A: np.round(A.sum(axis=1), 2), "rounded", "rounded to 2 decimal places"),
    (lambda A: np.float32(A).sum(axis=1).astype(float), "", "agree with the wanted ones to about 7 digits"),
    (lambda A: A.sum(axis=1) * (1 + 1e-7), "factor", "times 1.0000001"),
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
        == "Your numbers are the wanted ones transposed and with the sign flipped and times 2."
    )


def test_known_mistakes_go_before_generic_ones_and_may_abstain(exercise):
    exercise.mistake("You take the mean.")(lambda A: A.mean(axis=1))
    assert run(exercise, LocalAnswer(lambda A: A.mean(axis=1))).diagnosis == "You take the mean."
    assert run(exercise, LocalAnswer(lambda A: A.mean(axis=1) + A[:, 0] ** 3)).mistake == ""


def test_remarks_cost_nothing(exercise):
    def answer(A):
        print("hello")
        np.log(np.array([-1.0]))
        return A.sum(axis=1).astype(np.float32) * 0 + A.sum(axis=1)

    report = run(exercise, LocalAnswer(answer))
    assert report.points == 4
    assert sum(word in " ".join(report.remarks) for word in ("prints", "RuntimeWarning")) == 2


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

    report = run(exercise, LocalAnswer(spoiler))
    assert report.points == 4 * (1 - ARGUMENTS), "and it costs that the input was changed, nothing else"
    assert (report.first_miss.given, report.status) == ("A changed", Status.PARTIAL)


def test_report_and_sheet_survive_json(exercise):
    report = run(exercise, LocalAnswer(lambda A: A.sum(axis=1) + 1))
    assert Report.from_json(report.to_json()) == report
    sheet = Sheet("01_derivative", "ada", reports={"row_sums": report}, seed=3)
    assert Sheet.from_json(sheet.to_json()) == sheet
    with pytest.raises(ValueError, match="not a report"):
        Report.from_json({"exercise": "x"})


def test_registration_refuses_nonsense():
    with pytest.raises(ValueError, match="01_derivative"):
        Lesson("derivative", "", "")
    lesson = Lesson("77_test", "t", "q")
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
    assert [len(planned) for planned in several] == [3, 3, 3] and sum(several, []) == answer.made[7:16]


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


def slopes(returns=None):
    """A small exercise with a step: the slope of a straight line through 0."""
    e = Exercise("slope", 2, "the slope of f", signature="f, x, h", returns=returns or Array())

    @e.cases
    def lines(rng):
        for slope in (2.5, -1.25, 3.75, 0.5):
            for h in (0.5, -0.25, 2.0):
                yield Function(f"{slope}*x", d=f"{slope}"), 1.5, h

    @e.check()
    def is_the_slope(t, f, x, h):
        """It is the slope"""
        t.equal(t(f, x, h), f.derivative(x))

    return e


@pytest.mark.parametrize("answer, words", [
    (lambda f, x, h: f(x + h) - f(x), "Your numbers are the wanted ones times h."),
    (lambda f, x, h: (f(x + h) - f(x)) / h**3, "divided by the square of h"),
    (lambda f, x, h: (f(x + h) - f(x)) / abs(h), "Where it goes wrong, your numbers are the wanted ones with the sign flipped. "
                                                 "It goes wrong exactly where h is negative: 4 of 12 inputs that were tried."),
    (lambda f, x, h: (f(x + h) - f(x)) / h if h > 0 else float("nan"), "Where it goes wrong, all numbers in question are NaN. It goes wrong exactly where h is negative"),
    (lambda f, x, h: [][0] if h == 2 else (f(x + h) - f(x)) / h, "Where it goes wrong, it raises IndexError. It goes wrong exactly where h is 2"),
    (lambda f, x, h: np.trunc((f(x + h) - f(x)) / h), "without their decimals"),
    (lambda f, x, h: 7.25, "The number in question is the same each time."),
    (lambda f, x, h: 0.0, "All numbers in question are 0."),
    (lambda f, x, h: (f(x + h) - f(x)) / h if x else 1 / x, ""),
])  # fmt: skip
def test_facts_about_where_and_by_how_much(answer, words):
    assert words in run(slopes(), LocalAnswer(answer)).diagnosis


def test_facts_about_entries(exercise):
    assert "Only the last entry is wrong." in run(exercise, LocalAnswer(lambda A: np.append(A[:-1].sum(axis=1), 0.123))).diagnosis
    e = Exercise("square", 1, "x", signature="A", returns=Array(lambda A: A.shape))
    e.cases(lambda rng: ((rng.normal(size=(3, 3)),) for _ in range(3)))
    e.check()(twice_of)
    assert "Exactly the entries on the diagonal are wrong." in run(e, LocalAnswer(lambda A: 2 * A - np.eye(3))).diagnosis


def test_one_difference_tells_no_entry_and_no_factor_that_may_be_a_length():
    e = Exercise("square", 1, "x", signature="A", returns=Array(lambda A: A.shape))
    e.cases(lambda rng: ((rng.normal(size=(3, 3)),) for _ in range(3)))
    e.check()(twice_of)
    first = np.array(next(iter(e.draw(0)))[0])
    only_there = run(e, LocalAnswer(lambda A: 2 * A - np.eye(3) * np.array_equal(A, first)))
    assert "diagonal" not in only_there.diagnosis, "one comparison may look so by chance"
    assert run(e, LocalAnswer(lambda A: 2 * A / len(A))).diagnosis == "", "all have three rows: a third, or one by the number of rows?"
    scalars = Exercise("twice", 1, "x", signature="A", returns=Array())
    scalars.cases(lambda rng: ((float(v),) for v in rng.uniform(1, 2, size=4)))
    scalars.check()(twice_of)
    assert "length one" not in run(scalars, LocalAnswer(lambda A: 1.0)).diagnosis, "a number has no direction"


def test_a_changed_argument_is_named():
    e = Exercise("sums", 1, "x", signature="A, b", returns=Array(lambda A, b: (len(A),)))
    e.cases(lambda rng: ((rng.normal(size=(3, 2)), rng.normal(size=2)) for _ in range(3)))

    @e.check()
    def product(t, A, b):
        """The product"""
        t.equal(t(A, b), A @ b)

    def changes(A, b):
        A *= b
        return A.sum(axis=1)

    assert run(e, LocalAnswer(changes)).diagnosis.startswith("All that it returns is right, but it changes A:")


def test_a_fact_that_holds_in_one_check_and_not_in_another_is_not_told():
    e = slopes()
    e.check(cases=lambda rng: ((Function(f"{s}*x", d=f"{s}"), 1.5, -1.0) for s in (2.0, 5.0, 7.0)))(_is_the_slope_at_minus_one)

    def wrong_for_other_negative_steps(f, x, h):
        return (f(x + h) - f(x)) / (abs(h) if h != -1 else h)

    told = run(e, LocalAnswer(wrong_for_other_negative_steps)).diagnosis
    assert "sign flipped" in told and "exactly where h is negative" not in told, "with h = -1 it is right"


def _is_the_slope_at_minus_one(t, f, x, h):
    """It is the slope, with h = -1 as well"""
    t.equal(t(f, x, h), f.derivative(x))


def test_zeros_are_not_called_rounded(exercise):
    assert "rounded" not in run(exercise, LocalAnswer(lambda A: 0 * A.sum(axis=1))).diagnosis


def twice_of(t, A):
    """Twice of it"""
    t.equal(t(A), 2 * A)


def test_an_answer_that_remembers_is_told_so(exercise):
    seen = []

    def answer(A):
        seen.append(A)
        return A.sum(axis=1) + len(seen)

    assert "The same call gives one result now and another one later." in run(exercise, LocalAnswer(answer)).diagnosis


def test_truth_values_are_told_as_they_are():
    e = Exercise("positive", 1, "x", signature="x", returns=Boolean())
    e.cases(lambda rng: iter([(1.0,), (-1.0,), (2.0,), (-3.0,)]))

    @e.check()
    def right(t, x):
        """It tells positive numbers"""
        t.same(t(x), x > 0)

    assert run(e, LocalAnswer(lambda x: True)).diagnosis == "It said True for all 4 inputs that were tried."
    assert "It said" not in run(e, LocalAnswer(lambda x: True if x > 0 else 1 / 0)).diagnosis, "it raised now and then"
    assert run(e, LocalAnswer(lambda x: x < 0)).diagnosis == "It says the opposite of what is wanted each time."


def test_a_mistake_is_named_only_if_all_calls_agree():
    """`h` is ignored only in one of the calls: the mistake that ignores it always is refuted by the calls that hold."""
    e = slopes()
    e.mistake("You ignore h.")(lambda f, x, h: (f(x + 0.5) - f(x)) / 0.5 * (1 if h == 0.5 else 1.5))
    named = run(e, LocalAnswer(e.mistakes[0].function))
    assert named.diagnosis == "You ignore h."
    only_once = run(e, LocalAnswer(lambda f, x, h: (f(x + h) - f(x)) / h * (1.5 if h == 2 else 1)))
    assert only_once.mistake != e.mistakes[0].name and "ignore" not in only_once.diagnosis


def test_a_mistake_must_fail_itself_where_it_explains():
    """A mistake that holds where the answer fails, and differs from it by less than rounding, explains nothing."""
    e = slopes()
    e.mistake("You divide by zero at x = 0.", name="zero")(lambda f, x, h: f(1.0) if x else float("nan"))
    report = run(e, LocalAnswer(lambda f, x, h: f(1.0) * (1 + 1e-11)))
    assert report.points == 0 and report.mistake != "zero"


def test_a_mistake_of_another_size_explains_nothing():
    """With a wide tolerance a mistake still has to be off by what the answer is off."""
    e = slopes()
    wide = Tolerance(1e-2, 1e-2, "any step")
    e.mistake("Yours is too small.", name="small", tolerance=wide)(lambda f, x, h: f(1.0) - 1e-3)
    assert run(e, LocalAnswer(lambda f, x, h: f(1.0) + 1e-3)).mistake != "small"
    assert run(e, LocalAnswer(lambda f, x, h: f(1.0) - 1.01e-3)).mistake == "small"
    e.mistakes.clear()
    e.mistake("Off by a little.", name="off", tolerance=wide, by_size="checks")(lambda f, x, h: f(1.0) - 1e-3)
    assert run(e, LocalAnswer(lambda f, x, h: f(1.0) + 1e-3)).mistake == "off", "its message claims no more"


def test_another_exception_of_the_same_kind_is_no_evidence(exercise):
    exercise.mistake("You index with a float.")(lambda A: A[0.5])
    assert run(exercise, LocalAnswer(lambda A: A[0.5])).diagnosis == "You index with a float."
    assert run(exercise, LocalAnswer(lambda A: A[:, :, 0])).mistake == ""


def test_truth_values_name_a_mistake_only_if_it_agrees_on_skipped_checks_too():
    e = Exercise("positive", 1, "x", signature="x", returns=Boolean())
    e.cases(lambda rng: iter([(1.0,), (-1.0,)]))

    @e.check()
    def right(t, x):
        """It tells positive numbers"""
        t.same(t(x), x > 0)

    def zero(rng):
        yield (0.0,)

    @e.check(cases=zero, needs=("right",))
    def at_zero(t, x):
        """0 is not positive"""
        t.same(t(x), False)

    e.mistake("You accept everything.")(lambda x: True)
    assert run(e, LocalAnswer(lambda x: True)).diagnosis == "You accept everything."
    assert run(e, LocalAnswer(lambda x: x != 0)).mistake == ""


def pair():
    """A small exercise of two outputs: sum and difference."""
    e = Exercise("both", 2, "x", signature="a, b", returns=Items(Array(), Array()))
    e.cases(lambda rng: ((float(a), float(b)) for a, b in rng.normal(size=(4, 2))))

    @e.check()
    def first(t, a, b):
        """The first is the sum"""
        t.equal(t(a, b)[0], a + b)

    @e.check()
    def second(t, a, b):
        """The second is the difference"""
        t.equal(t(a, b)[1], a - b)

    return e


def test_two_mistakes_in_one_answer_are_both_named():
    e = pair()
    e.mistake("The sum is a product.", name="product")(lambda a, b: (a * b, a - b))
    e.mistake("The difference is squared.", name="squared")(lambda a, b: (a + b, (a - b) ** 2))
    report = run(e, LocalAnswer(lambda a, b: (a * b, (a - b) ** 2)))
    assert report.mistake == "product+squared"
    assert report.diagnosis == "Two things at once. The sum is a product. And: The difference is squared."
    assert run(e, LocalAnswer(lambda a, b: (a * b, a - b))).mistake == "product"


def test_two_mistakes_are_named_beside_a_check_that_makes_its_calls_together():
    e = pair()

    @e.check()
    def real(t, a, b):
        """All numbers are finite"""
        for value in t.each([(a, b), (b, a)]):
            t.holds(bool(np.all(np.isfinite(value))))

    e.mistake("The sum is a product.", name="product")(lambda a, b: (a * b, a - b))
    e.mistake("The difference is squared.", name="squared")(lambda a, b: (a + b, (a - b) ** 2))
    report = run(e, LocalAnswer(lambda a, b: (a * b, (a - b) ** 2)))
    assert report.mistake == "product+squared"
    assert {f.check: f.status for f in report.findings}["real"] is CheckStatus.PASS


def power(message: str = "The exponent is one too large."):
    e = Exercise("power", 2, "x", signature="x, n", returns=Array())
    e.cases(lambda rng: ((float(rng.uniform(1.1, 2)), n) for n in (2, 3, 4, 5)))

    @e.check()
    def derivative(t, x, n):
        """The value is the slope of the power"""
        t.equal(t(x, n), n * x ** (n - 1))

    e.mistake(message, name="exponent")(lambda x, n: n * x**n)
    return e


def test_a_known_mistake_with_a_sign_or_a_factor_is_named_with_both():
    assert run(power(), LocalAnswer(lambda x, n: n * x**n)).mistake == "exponent"
    report = run(power(), LocalAnswer(lambda x, n: -n * x**n))
    assert report.mistake == "exponent+sign"
    assert report.diagnosis == "Two things at once. The exponent is one too large. And what you return comes out with the sign flipped."
    report = run(power(), LocalAnswer(lambda x, n: 0.5 * n * x**n))
    assert report.mistake == "exponent+factor" and report.diagnosis.endswith("comes out times 0.5.")


def test_a_factor_that_holds_for_some_calls_only_names_nothing():
    assert "exponent" not in run(power(), LocalAnswer(lambda x, n: (-1) ** n * n * x**n)).mistake
    assert "exponent" not in run(power(), LocalAnswer(lambda x, n: -n * x ** (n - 1))).mistake, "a sign alone explains it"


@pytest.mark.parametrize("factor", [1e-7, 1e-12, 1e-300, 1e12, 1e300, 1 / 3, 1e-5, float("nan"), float("inf")])
def test_no_factor_is_an_error_of_ours(factor):
    report = run(power(), LocalAnswer(lambda x, n: factor * n * x**n))
    assert report.status is Status.WRONG
    assert (report.mistake == "exponent+factor") == (factor in (1e-7, 1 / 3, 1e-5))
    assert run(pair(), LocalAnswer(lambda a, b: (factor * a, 1.0))).status is not Status.ERROR


def test_one_output_of_a_known_mistake_with_its_sign_flipped():
    e = pair()
    e.mistake("The sum is a product.", name="product")(lambda a, b: (a * b, a - b))
    report = run(e, LocalAnswer(lambda a, b: (a * b, b - a)))
    assert report.mistake == "product+sign"
    assert report.diagnosis == "Two things at once. The sum is a product. And output 2 comes out with the sign flipped."


def test_one_misconception_in_two_outputs_and_two_in_two():
    assert run(pair(), LocalAnswer(lambda a, b: (2 * (a + b), 2 * (a - b)))).diagnosis == "Your numbers are the wanted ones times 2."
    report = run(pair(), LocalAnswer(lambda a, b: (2 * (a + b), b - a)))
    assert report.mistake == "factor+sign"
    assert "“The first is the sum”: your numbers are the wanted ones times 2." in report.diagnosis
    assert "“The second is the difference”: your numbers are the wanted ones with the sign flipped." in report.diagnosis


def test_float32_is_a_remark_on_wrong_answers_only(exercise):
    assert run(exercise, LocalAnswer(lambda A: A.sum(axis=1).astype(np.float32) + np.float32(1))).remarks
    e = Exercise("one", 1, "x", signature="x", returns=Array())
    e.cases(lambda rng: iter([(1.0,), (2.0,)]))

    @e.check()
    def same(t, x):
        """The same"""
        t.equal(t(x), x)

    report = run(e, LocalAnswer(lambda x: np.float32(x)))
    assert (report.points, report.remarks) == (1, [])


def test_what_is_derived_from_the_answer_is_not_said_to_be_given(exercise):
    @exercise.check(needs=("sums",))
    def total(t, A):
        """All sums together"""
        t.equal(float(np.sum(t(A))), 0.0)

    finding = run(exercise, LocalAnswer(lambda A: A.sum(axis=1))).first_miss
    assert finding.check == "total" and finding.given.endswith("(worked out from what you returned)")


def test_an_answer_that_ends_while_it_is_diagnosed_keeps_its_points(exercise):
    exercise.mistake("Rows of zeros.")(lambda A: np.zeros(len(A)))
    calls = []

    class Ends(LocalAnswer):
        def call(self, args, program="", counted=False):
            calls.append(args)
            if len(calls) > 30:
                raise Died("timeout")
            return super().call(args, program, counted)

    report = run(exercise, Ends(lambda A: A.sum(axis=1) if A.max() > 0 else np.zeros(len(A))))
    assert (report.status, report.points) == (Status.PARTIAL, 2)


@pytest.mark.parametrize("name", ["powers_derivative", "steepest_ascent_direction", "mse_gradient", "gradient_descent"])
def test_a_known_mistake_is_known_in_a_list_too(name):
    """The contract takes a list of numbers for an array; so does the search for the mistake's name."""
    exercise, named = exercises()[name], 0
    for mistake in exercise.mistakes:
        as_list = lambda *args, answer=mistake.function: list(answer(*args))
        in_an_array, in_a_list = (run(exercise, LocalAnswer(answer, exercise.stand_ins)).mistake for answer in (mistake.function, as_list))
        assert in_a_list == in_an_array
        named += bool(in_a_list)
    assert named >= 4


@pytest.mark.parametrize(
    "name, answer, mistake",
    [
        ("difference_quotient", lambda f, x, h: f(x + h) - f(x), "difference_not_ratio"),  # returns 0 at h = 0
        ("difference_quotient", lambda f, x, h: f(x + h) - f(x) / float(h) if np.ndim(h) == 0 else f(x + h) - f(x) / h, "missing_brackets"),
        ("difference_quotient", lambda f, x, h: (f(x + h) - f(x)) / h, ""),  # nothing but the exception is missing
    ],
)
def test_a_forgotten_exception_takes_nothing_from_a_name(name, answer, mistake):
    assert run(exercises()[name], LocalAnswer(answer)).mistake == mistake


@pytest.mark.parametrize("within", [False, True], ids=["set by the notebook", "set by the answer"])
def test_what_a_notebook_has_set_for_numpy_decides_nothing(within):
    """A right answer under np.seterr(all="raise"): its exponentials underflow, and so do those of our own check."""
    before = np.geterr()

    def softmax(z):
        if within:
            np.seterr(all="raise", under="ignore")
        e = np.exp(z - np.max(z))
        return e / e.sum()

    one = exercises()["softmax"]
    try:
        if not within:
            np.seterr(all="raise")
        assert run(one, LocalAnswer(softmax)).points == one.points
        assert np.geterr() == (before if within else dict.fromkeys(before, "raise"))
    finally:
        np.seterr(**before)
