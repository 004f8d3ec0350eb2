"""What lesson 06 is called, and the maps between tensors on which its exercises are judged."""

from __future__ import annotations

from autograder.writing import Function, Lesson

from ..jacobian._lesson import ANY_STEP, FIRST_ORDER, numbers

__all__ = ["ANY_STEP", "FIRST_ORDER", "lesson", "maps", "numbers", "other_ranks"]

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
