"""Networks that must be right on examples they have not seen: penguins and digits."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, CheckOnly, Miss, Seeded

from ._lesson import digits, lesson, penguins

_HINTS = (
    "Everything is there: standardize or centre, init_fnn, train_fnn with fnn_loss_and_grads, fnn_scores. The answer is the class with the largest score.",
    "Watch the loss while you train. If it does not fall below 0.1, take more epochs or a larger eta; if it jumps, a smaller eta.",
)


def _show(name, table):
    def show(X_train, y_train, X_test, rng):
        test = "order[:{0}], order[{0}:]".format(len(X_test))
        return (
            f"{table(X_train)}\norder = np.random.default_rng({rng.seed}).permutation(len(y))\ntest, train = {test}\n"
            f"{name}(X[train], y[train], X[test], np.random.default_rng({rng.seed}))  # compare with y[test]"
        )

    return show


def _exercise(name, points, asks, minutes, table, clauses, hint):
    return lesson.exercise(
        name,
        points,
        asks,
        signature="X_train, y_train, X_test, rng",
        minutes=minutes,
        difficulty=3,
        seconds=10,
        tolerance=None,
        clauses=clauses,
        returns=Array(lambda X_train, y_train, X_test, rng: (len(X_test),)),
        hints=(*_HINTS, hint),
        show=_show(name, table),
    )


def _split(X, y, seed: int, n_test: int, n_train: int = 10_000) -> tuple:
    order = np.random.default_rng(seed).permutation(len(y))
    test, train = order[:n_test], order[n_test : n_test + n_train]
    return X[train], y[train], X[test], Seeded(seed), y[test]


def _case(rng, X, y, n_test, more=3) -> tuple:
    """One split, and further ones for the case that the first decides nothing."""
    first, *others = (_split(X, y, int(rng.integers(1, 100_000)), n_test) for _ in range(1 + more))
    return *first[:4], CheckOnly(first[4]), CheckOnly(others)


def _learns(t, X_train, y_train, X_test, rng, y_test, others, share):
    """Miss unless at least `share` of unseen examples are right.

    One split of a small data set is a lottery: near the line, up to three more decide together with it.
    """
    right = total = 0
    for train, labels, test, seed, wanted in [(X_train, y_train, X_test, rng, y_test), *others]:
        given = t(train, labels, test, seed)
        if not np.all(np.isin(given, labels)):
            raise Miss(given, "labels that occur in y_train", "Each answer is one of the labels of the training set.")
        right, total = right + int(np.sum(given == wanted)), total + len(wanted)
        if right / total >= share + 0.01 or right / total < share - 0.03:
            break
    got = right / total
    chance = max(np.bincount(y_train)) / len(y_train)
    if got < chance + 0.05:
        why = f"Always saying the most frequent label would be right {chance:.0%} of the time: nothing has been learned. Does the loss fall? Do rows and labels still belong together?"
    elif got < share - 0.1:
        why = "Something is learned, and much is missing. Are the features on one scale? Were there enough epochs?"
    else:
        why = "This is close. Look at the scale of the features, at eta, and at the number of epochs."
    t.holds(got >= share, f"{got:.1%} of {total} unseen examples right", f"at least {share:.0%}", why)


penguin_classifier = _exercise(
    "penguin_classifier",
    2,
    "tell three species of penguins apart",
    10,
    lambda X: (
        f"""birds = dataset("penguins")\nX = np.column_stack([birds[k] for k in {["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"][: X.shape[1]]}])\ny = birds["species"]"""
    ),
    {"The species of the penguins": "ninety_percent_by_the_bill ninety_five_percent_by_all learns_from_the_training_set_alone"},
    "Grams and millimetres do not go together: standardize. 16 hidden units, 30 epochs of batches of 32 and eta = 0.5 are enough.",
)
digit_classifier = _exercise(
    "digit_classifier",
    2,
    "read handwritten digits",
    12,
    lambda X: 'pictures = dataset("digits")\nX, y = pictures["pixels"], pictures["digit"]',
    {"The digits in X_test": "ninety_five_percent learns_from_the_training_set_alone"},
    "All pixels have one unit, 0 to 16, and some never change: subtract the training mean and divide by a number such as 5. 32 hidden units, 15 epochs of batches "
    "of 32 and eta = 0.2 are enough.",
)


@penguin_classifier.cases
def a_few_birds(rng):
    """A small split, to see whether labels come back at all."""
    yield _split(*penguins(2), int(rng.integers(1, 100_000)), 10, 40)[:4]


def bills(rng):
    """Length and depth of the bill."""
    yield _case(rng, *penguins(2), 111)


def all_measures(rng):
    """Bill, flipper and weight."""
    yield _case(rng, *penguins(4), 111)


@penguin_classifier.check(cases=bills)
def ninety_percent_by_the_bill(t, X_train, y_train, X_test, rng, y_test, others):
    """From length and depth of the bill, at least 90 % of unseen penguins are told right"""
    _learns(t, X_train, y_train, X_test, rng, y_test, others, 0.90)


@penguin_classifier.check(cases=all_measures)
def ninety_five_percent_by_all(t, X_train, y_train, X_test, rng, y_test, others):
    """From four measurements, at least 95 %"""
    _learns(t, X_train, y_train, X_test, rng, y_test, others, 0.95)


@digit_classifier.cases
def a_few_digits(rng):
    """A small split, to see whether labels come back at all."""
    yield _split(*digits(), int(rng.integers(1, 100_000)), 10, 60)[:4]


def all_digits(rng):
    """Three quarters to learn from, one quarter to be judged by."""
    yield _case(rng, *digits(), 450)


@digit_classifier.check(cases=all_digits)
def ninety_five_percent(t, X_train, y_train, X_test, rng, y_test, others):
    """At least 95 % of unseen digits are read right"""
    _learns(t, X_train, y_train, X_test, rng, y_test, others, 0.95)


_EACH = 8  # examples of each of three labels: with few of them a leak would hardly show


def _beside_others(rng, X, y, n_train) -> tuple:
    """Examples to be told, and others of a size that no training example has."""
    y = (y + 1) % (int(y.max()) + 1)  # other labels than before: who keeps an old network is seen
    X_train, y_train, rest, seed, labels = _split(X, y, int(rng.integers(1, 100_000)), 200, n_train)
    X_test = np.concatenate([rest[labels == label][:_EACH] for label in range(3)])  # of one kind they would tell nothing
    # forty times as large in every other measurement only: scales that both tables share then differ from one feature to the next
    giants = np.where(np.arange(X.shape[1]) % 2, X_test[:3], np.round(40 * X_test[:3] + 5, 1))
    return X_train, y_train, X_test, seed, CheckOnly(np.tile(giants, (50, 1)))


def birds_beside_giants(rng):
    """Penguins, beside birds forty times as large."""
    for n_features in (4, 2):
        yield _beside_others(rng, *penguins(n_features), 120)


def digits_beside_glare(rng):
    """Pictures, beside some that are far too bright."""
    yield _beside_others(rng, *digits(), 300)


def _alone(t, X_train, y_train, X_test, rng, others):
    """Miss unless each example gets the label that it gets beside others."""
    together = t(X_train, y_train, X_test, rng)
    t.holds(len(set(together.tolist())) > 1, "one label for all", "labels that tell examples apart", "Nothing has been learned.")
    hits = int(np.sum(together == np.repeat([0, 1, 2], _EACH)))
    t.holds(
        hits > _EACH,
        f"{hits} of {3 * _EACH} right",
        "labels learned from this y_train",
        "The labels of this training set are others than before. Learn anew each time.",
    )
    beside = t(X_train, y_train, np.concatenate([others, X_test]), rng)[len(others) :]
    one = t(X_train, y_train, X_test[:1], rng)
    for given in (beside, one):
        t.same(
            given.tolist(),
            together[: len(given)].tolist(),
            "What an example is must not depend on the others in X_test: take mean and spread from X_train alone.",
        )


for _one, _cases in ((penguin_classifier, birds_beside_giants), (digit_classifier, digits_beside_glare)):

    @_one.check(weight=0.5, cases=_cases, needs=(_one.checks[0].name,))
    def learns_from_the_training_set_alone(t, X_train, y_train, X_test, rng, others):
        """What it says of an example does not depend on the other examples in X_test"""
        _alone(t, X_train, y_train, X_test, rng, others)


for _one in (penguin_classifier, digit_classifier):

    @_one.mistake(
        "Every example gets the most frequent label. Does your network start with weights of zero, was it trained at all, or are its scores nan?"
    )
    def always_the_most_frequent(X_train, y_train, X_test, rng):
        return np.full(len(X_test), np.argmax(np.bincount(y_train)))

    @_one.mistake("These are labels of the training set. Compute scores for X_test and take the class with the largest.")
    def labels_of_the_training_set(X_train, y_train, X_test, rng):
        return np.resize(y_train, len(X_test))

    @_one.mistake("These labels are drawn at random; the measurements play no part in them.")
    def guesses(X_train, y_train, X_test, rng):
        return rng.integers(int(y_train.max()) + 1, size=len(X_test))


@digit_classifier.mistake(
    "Every picture is read as 0: that is what argmax says of a row of nan. Your training has overflowed; take a smaller eta."
)
def always_zero(X_train, y_train, X_test, rng):
    return np.zeros(len(X_test), dtype=int)
