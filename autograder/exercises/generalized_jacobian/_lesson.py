"""What lesson 06 is called, and the maps between tensors on which its exercises are judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.writing import Domain, Function, Lesson, Sample

from ..jacobian._lesson import ANY_STEP, FIRST_ORDER, numbers

__all__ = ["ANY_STEP", "FIRST_ORDER", "TensorMap", "lesson", "maps", "numbers", "other_ranks"]

lesson = Lesson("06_generalized_jacobian", "The generalized Jacobian",
                "What is the derivative when inputs and outputs are tables of numbers, or stacks of tables?")  # fmt: skip

NUMBER_TO_TABLE = Function(
    "np.array([[np.sin(X), X**3, 2.0*X], [np.exp(X), np.cos(3*X), X]])",
    "np.array([[np.cos(X), 3*X**2, 2.0], [np.exp(X), -3*np.sin(3*X), 1.0]])", args="X", name="number_to_table",
)  # fmt: skip
GRAM = Function(
    "X.T @ X", "np.einsum('aq,pb->abpq', np.eye(X.shape[1]), X) + np.einsum('bq,pa->abpq', np.eye(X.shape[1]), X)", args="X", name="gram",
)  # fmt: skip
CENTRED = Function(  # every example feels the mean of all of them, as in batch normalisation
    "np.tanh(X - np.mean(X, axis=0))",
    "np.einsum('nm,np,mq->nmpq', 1 - np.tanh(X - np.mean(X, axis=0))**2, np.eye(X.shape[0]) - 1/X.shape[0], np.eye(X.shape[1]))",
    args="X", name="centred",
)  # fmt: skip


def _text(rng, *shape) -> str:
    return f"np.array({numbers(rng, shape, -1.5, 1.5).tolist()})"


def layer(rng, d: int, m: int) -> Function:
    """A layer with d inputs and m outputs, sin(X W): rows of X are examples."""
    W = _text(rng, d, m)
    return Function(f"np.sin(X @ {W})", f"np.einsum('nm,np,dm->nmpd', np.cos(X @ {W}), np.eye(X.shape[0]), {W})", args="X", name="layer")


def loss(rng, d: int, m: int) -> Function:
    """One number from a matrix."""
    W = _text(rng, d, m)
    return Function(f"np.sum(np.sin(X @ {W})**2)", f"np.sin(2*(X @ {W})) @ {W}.T", args="X", name="loss")


def stack_to_vector(rng, j: int, k: int) -> Function:
    """A number for each (j, k) table of a stack: three axes in, one out."""
    A = _text(rng, j, k)
    inner = f"np.einsum('ijk,jk->i', X, {A})"
    return Function(f"np.sin({inner})", f"np.einsum('i,ia,jk->iajk', np.cos({inner}), np.eye(X.shape[0]), {A})", args="X", name="stack")


def maps(rng):
    """Matrix to matrix; the axes have different lengths where they can."""
    yield layer(rng, 3, 4), numbers(rng, (2, 3))
    yield CENTRED, numbers(rng, (3, 2))
    yield GRAM, numbers(rng, (2, 3))
    yield layer(rng, 2, 2), numbers(rng, (3, 2))


def other_ranks(rng):
    """One number out, one number in, three axes in."""
    yield loss(rng, 3, 2), numbers(rng, (2, 3))
    yield NUMBER_TO_TABLE, round(float(rng.uniform(0.3, 1.5)), 2)
    yield stack_to_vector(rng, 3, 2), numbers(rng, (2, 3, 2), -1, 1)


def crests(rng):
    """Where the slope is small and the bend is not: a step that is too large is off there, whatever the seed."""
    a = round(float(rng.uniform(3.0, 3.2)), 2)
    f = Function(f"np.sin({a}*X) + X[::-1]", f"np.diag({a}*np.cos({a}*X)) + np.eye(X.size)[::-1]", args="X", name="waves")
    yield f, np.array([round(np.pi / (2 * a), 2), round(-np.pi / (2 * a), 2)])


_OUT = ((2, 3), (), (4,), (1,), (2, 1, 2))


@dataclass(frozen=True)
class TensorMap(Domain):
    """A smooth map from the array argument called `of`, of any shape, to arrays of any shape, with its generalized Jacobian."""

    of: str = "X"
    moods = (*range(len(_OUT)), "every output twice", "constant")

    def draw(self, sample: Sample, mood):
        """A `Function` that takes an array of that shape, or a number; its output has another shape in every round."""
        inner, ndim = np.shape(sample[self.of]), np.ndim(sample[self.of])
        outer = _OUT[mood if isinstance(mood, int) else 0]
        A = numbers(sample.rng, outer + inner, 0.3, 1.4) * sample.rng.choice([-1, 1], size=outer + inner)
        if mood == "every output twice":
            A[1] = A[0]
        factors = f"np.array({(0 * A if mood == 'constant' else A).tolist()})"
        total = f"np.tensordot({factors}, X, {ndim}) + 0.4"
        slopes = f"np.cos({total})[(..., *(None,)*{ndim})]*{factors}"
        return Function(f"np.sin({total})", slopes, args="X", name="f")
