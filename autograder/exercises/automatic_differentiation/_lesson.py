"""What lesson 08 is called, stand-ins for the classes that the lesson gives, and inputs that its exercises share."""

from __future__ import annotations

import numpy as np

from autograder.writing import WEIGHTS, Lesson, literal

lesson = Lesson(
    "08_automatic_differentiation",
    "Automatic differentiation",
    "How can a computer write the backward pass by itself?",
)


class Node:
    """What a mistake makes instead of the learner's Value: the same attributes, nothing else."""

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.parents, self.slopes, self.grad = float(data), tuple(parents), tuple(slopes), 0.0

    def pull(self, g):
        """What g becomes at each parent."""
        return [g * slope for slope in self.slopes]


def lifted(x) -> Node:
    """A number as a node."""
    return x if isinstance(x, Node) else Node(x)


class Made:
    """What a mistake makes instead of the learner's Tensor."""

    def __init__(self, data, parents=(), pull=None):
        self.data, self.parents, self.pull = np.asarray(data, float), tuple(parents), pull


class Pair:
    """What a mistake makes instead of the learner's Dual."""

    def __init__(self, data, slope=0.0):
        self.data, self.slope = data, slope


def lifted_dual(x) -> Pair:
    """A number as a pair that does not move."""
    return x if isinstance(x, Pair) else Pair(x)


STAND_INS = {"Value": Node, "Tensor": Made, "Dual": Pair}


def number(rng, low: float = 0.3, high: float = 2.5) -> float:
    """A two-digit number away from 0, of either sign."""
    return round(float(rng.uniform(low, high)), 2) * (1 if rng.random() < 0.5 else -1)


def show_nodes(function: str, wrapper: str = "Value"):
    """Code for a failing case of `value_node`: the inputs as nodes or numbers."""

    def show(numbers, kinds):
        items = [literal(tuple(n)) if isinstance(n, (tuple, list)) else literal(n) for n, kind in zip(numbers, kinds)]
        items = [item.strip("()") if wrapper == "Dual" else item for item in items]
        if "s" in kinds:
            return f"x = {wrapper}({items[0]})\n{function}(x, x)"
        given = [f"{wrapper}({item})" if kind == "v" else item.split(",")[0] for item, kind in zip(items, kinds)]
        return f"{function}({', '.join(given)})"

    return show


_NODES = """class Node:
    def __init__(self, data, parents=(), pull=lambda g: ()):
        self.data, self.parents, self.pull, self.grad = data, parents, pull, 0.0

"""


def graph_code(parents, slopes, call: str, kind: str = "numbers") -> str:
    """Code that builds a graph, of Values or of nodes that hold arrays, and makes a call on its last node."""
    parents, slopes = np.asarray(parents), np.asarray(slopes)
    if len(parents) > 15:
        return (
            f"x = Value(0)\nfor _ in range({len(parents) - 1}):\n    x = Value(0, (x,), ({slopes[-1, 0]:g},))\n{call.replace('root', 'x')}"
        )
    lines = []
    for k, (row, weights) in enumerate(zip(parents, slopes)):
        used = [(f"n{p}", f"{w:g}") for p, w in zip(row, weights) if p >= 0]
        if kind == "arrays":
            last, weighted = k == len(parents) - 1, f"g * np.array({list(WEIGHTS)})"
            pieces = "".join(f"{'g' if w == '1' else f'{w} * g'}, " for _, w in used)
            pull = f"lambda g: (lambda g: ({pieces}))({weighted})" if last else f"lambda g: ({pieces})"
            data = "0.0" if last else "np.zeros(2)"
            lines.append(f"n{k} = Node({data}" + (f", ({''.join(f'{p}, ' for p, _ in used)}), {pull})" if used else ")"))
            continue
        tuples = ", ".join("(" + ", ".join(items) + "," * (len(items) == 1) + ")" for items in zip(*used))
        lines.append(f"n{k} = Value(0{', ' + tuples if used else ''})")
    return _NODES * (kind == "arrays") + "\n".join([*lines, call.replace("root", f"n{len(parents) - 1}")])
