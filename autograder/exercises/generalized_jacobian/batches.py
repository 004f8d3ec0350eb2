"""Mini-batches: which examples feel which. Sources: S0.20, S0.21, E-P28, MC23."""

from __future__ import annotations

import numpy as np

from autograder.writing import Array, Boolean, Function, OneOf, Reals, choice, literal, view

from ._lesson import CENTRED, lesson, numbers

meaning_of_none = lesson.add(
    choice(
        "meaning_of_none",
        0.5,
        "what the None in a shape stands for",
        wrong={
            "a": "Nothing is missing or wrong. The length of that axis is left open until data arrive.",
            "b": "None takes part in the computation as an ordinary axis: when data arrive it is a number, such as 32.",
            "d": "The examples are computed in one go, but that is no reason for an unknown length.",
        },
        difficulty=2,
        minutes=2,
        hints=("When is the shape printed: before or after the first batch arrives?",),
    )
)

batch_block_diagonal = lesson.exercise(
    "batch_block_diagonal",
    1,
    "whether every example minds its own business",
    signature="G, tol",
    minutes=6,
    difficulty=3,
    returns=Boolean(),
    domains={"G": Reals("N m N n", low=1e-6, zeros=True), "tol": OneOf(1e-6, 1.0, 0.0, 1e4, 0.5, 1e-12)},
    clauses={
        "Whether no example feels another one": "sees_whether_examples_mix links_that_cancel edges",
        "all entries between different examples at most tol in size": "finds_a_single_link size_means_each_entry edges",
    },
    hints=(
        "G[b, :, c, :] is how example b's output feels example c's input. For which b and c must it vanish?",
        "Small means small in size: a large negative entry is not small.",
    ),
)


def _blocks(rng, N, m, n):
    G = np.zeros((N, m, N, n))
    for b in range(N):
        G[b, :, b, :] = numbers(rng, (m, n), 0.5, 2.0) * rng.choice([-1, 1], size=(m, n))
    return G


@batch_block_diagonal.cases
def separate_and_mixed(rng):
    """Examples that mind their own business, and examples that do not."""
    for N, m, n in ((3, 2, 4), (2, 3, 3), (4, 1, 2)):
        yield _blocks(rng, N, m, n), 1e-6
        yield _blocks(rng, N, m, n) + numbers(rng, (N, m, N, n), 0.3, 1.0), 1e-6
    yield CENTRED.derivative(numbers(rng, (3, 2))), 1e-6


@batch_block_diagonal.picture
def picture(G, tol):
    # the linear map that has these entries for its derivatives: its pattern of zeros is what is asked
    linear = Function(f"np.tensordot({literal(G)}, X, 2)", args="X")
    fits = G.ndim == 4 and G.size <= 100 and np.prod(G.shape[:2]) <= 24 and np.prod(G.shape[2:]) <= 16
    return view("index_explorer", f=linear, X=np.zeros(G.shape[2:])) if fits else None


def _between(G):
    return [G[b, :, c, :] for b in range(len(G)) for c in range(len(G)) if b != c]


def _largest(G) -> float:
    return max((float(np.max(np.abs(block))) for block in _between(G)), default=0.0)


@batch_block_diagonal.check(domain=True)
def sees_whether_examples_mix(t, G, tol):
    """It says True when no example feels another one, and False when all do"""
    why = f"The largest entry between different examples is {_largest(G):.3g} in size." if len(G) > 1 else "There is one example only."
    t.same(t(G, tol), _largest(G) <= tol, why)


def single_links(rng):
    """One entry between two examples: negative, or between the first and the last, or of a size near tol."""
    for b, c, value in ((0, 2, -0.4), (2, 0, 0.3), (1, 0, -0.25)):
        G = _blocks(rng, 3, 2, 4)
        G[b, int(rng.integers(2)), c, int(rng.integers(4))] = value
        yield G, 1e-6
        yield G, 0.5
        yield G, abs(value)
        yield G, round(0.9 * abs(value), 3)


@batch_block_diagonal.check(weight=2, cases=single_links, needs=("sees_whether_examples_mix",))
def finds_a_single_link(t, G, tol):
    """It finds a single link of either sign, and forgives links up to tol"""
    t.same(t(G, tol), _largest(G) <= tol, "The largest entry between different examples decides, by its size.")


def sizes_beside_tol(rng):
    """Many links just below tol, or one just above; within the examples all is small, or all is large; and a tiny tol."""
    for own, unit in ((0.01, 1.0), (100.0, 1.0), (1.0, 1e-10)):
        for N, m, n in ((3, 2, 4), (2, 3, 3)):
            many = np.full((N, m, N, n), 0.09 * unit) * rng.choice([-1, 1], size=(N, m, N, n))
            for b in range(N):
                many[b, :, b, :] = own * numbers(rng, (m, n), 0.5, 2.0)
            yield many, 0.1 * unit
            one = many.copy()
            one[0, 0, N - 1, n - 1] = 0.11 * unit
            yield one, 0.1 * unit


@batch_block_diagonal.check(cases=sizes_beside_tol, needs=("sees_whether_examples_mix",))
def size_means_each_entry(t, G, tol):
    """Each entry between examples is compared with tol by itself: no sum, no mean, nothing relative"""
    t.same(t(G, tol), _largest(G) <= tol, f"The largest entry between different examples is {_largest(G):.3g} in size.")


def links_of_both_signs(rng):
    """Every example feels every other one, once with each sign."""
    for N, m, n in ((3, 2, 2), (2, 3, 4)):
        G = _blocks(rng, N, m, n)
        for b, c in np.ndindex(N, N):
            if b != c:
                G[b, 0, c, 0] = round(float(rng.uniform(0.3, 1.0)), 2)
                G[b, -1, c, -1] = -G[b, 0, c, 0]
        yield G, 1e-6


@batch_block_diagonal.check(cases=links_of_both_signs, needs=("sees_whether_examples_mix",))
def links_that_cancel(t, G, tol):
    """It is not fooled when the links between two examples add up to 0"""
    t.same(t(G, tol), _largest(G) <= tol, "These links cancel when they are added up. They are there all the same.")


@batch_block_diagonal.mistake(
    "You say False where entries of one example depend on each other. Within one example everything may depend on everything."
)
def asks_for_a_full_diagonal(G, tol):
    flat = G.reshape(G.shape[0] * G.shape[1], -1)
    rows, columns = np.indices(flat.shape)
    return bool(np.all(np.abs(flat[rows != columns]) <= tol))


@batch_block_diagonal.mistake("Negative links escape you: compare their size with tol, not their value.")
def forgets_the_size(G, tol):
    return all(bool(np.all(block <= tol)) for block in _between(G))


@batch_block_diagonal.mistake("Links that cancel when they are added up escape you. Look at the largest in size.")
def adds_them_up(G, tol):
    return all(bool(abs(np.sum(block)) <= tol) for block in _between(G))


@batch_block_diagonal.mistake("Links between examples that are no neighbours escape you. Any two different examples may be linked.")
def neighbours_only(G, tol):
    return all(bool(np.all(np.abs(G[b, :, c, :]) <= tol)) for b in range(len(G)) for c in (b - 1, b + 1) if 0 <= c < len(G))


@batch_block_diagonal.mistake("Links smaller than tol count with you. tol says how small counts as none.")
def ignores_tol(G, tol):
    return all(bool(np.all(block == 0)) for block in _between(G))


@batch_block_diagonal.mistake("A link of exactly tol still counts as small: at most tol, so compare with <=.")
def strictly_below(G, tol):
    return all(bool(np.all(np.abs(block) < tol)) for block in _between(G)) if len(G) > 1 else True


per_example = lesson.exercise(
    "per_example",
    1,
    "one Jacobian for each example of a batch",
    signature="G",
    minutes=5,
    difficulty=3,
    returns=Array(lambda G: (G.shape[0], G.shape[1], G.shape[3])),
    domains={"G": Reals("N m N n")},
    clauses={"The Jacobian of every example: G (m, k, m, n) -> (m, k, n)": "own_part_of_each edges returns"},
    hints=(
        "Example b's own Jacobian is the part of G in which both example indices are b.",
        "In einsum a letter that occurs twice in the input and once in the output walks along the diagonal.",
    ),
)


@per_example.cases
def whole_batches(rng):
    for N, m, n in ((3, 2, 4), (2, 3, 2), (4, 1, 3), (2, 2, 2)):
        yield (numbers(rng, (N, m, N, n)),)


@per_example.picture
def picture_of_per_example(G):
    linear = Function(f"np.tensordot({literal(G)}, X, 2)", args="X")
    fits = G.ndim == 4 and G.size <= 100 and np.prod(G.shape[:2]) <= 24 and np.prod(G.shape[2:]) <= 16
    return view("index_explorer", f=linear, X=np.zeros(G.shape[2:])) if fits else None


@per_example.check(domain=True)
def own_part_of_each(t, G):
    """Part b is how example b's output feels example b's input"""
    given = t(G)
    for b in range(len(G)):
        t.equal(given[b], G[b, :, b, :], f"For example {b} both example indices are {b}.")


@per_example.mistake("You add up over the second example index. Only the parts with equal indices belong to one example.")
def adds_up_over_examples(G):
    return G.sum(axis=2)


@per_example.mistake("The example axis ended up last, which is where np.diagonal puts it. Examples come first.")
def examples_last(G):
    return np.diagonal(G, axis1=0, axis2=2)


@per_example.mistake("You take how every example feels the first one. Both example indices have to be equal.")
def feels_the_first(G):
    return G[:, :, 0, :]


@per_example.mistake("You average over the second example index. Only the parts with equal indices belong to one example.")
def averages_over_examples(G):
    return G.mean(axis=2)
