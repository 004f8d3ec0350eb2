"""What a learner's backward pass leaves in the nodes of a graph: a layer of the graph and of the order explorer."""

from __future__ import annotations

import numpy as np

from ..drawing.digits import number
from ..drawing.nodes import draw_node
from ..drawing.palette import PURPLE
from ..inputs.yours import numbers
from ..widgets.yours import Beside


def offer(parents, slopes) -> dict:
    """A graph as a learner's function takes it: a row of parents and of slopes a node, filled up; all gradients 0, and the sweep from the last node."""
    width = max(1, *map(len, parents))
    row = lambda mine, fill: [*mine, *[fill] * (width - len(mine))]
    return {"parents": np.array([row(mine, -1) for mine in parents]), "slopes": np.array([row(mine, 0.0) for mine in slopes]),
            "start": np.zeros(len(parents)), "roots": [len(parents) - 1], "kind": "numbers"}  # fmt: skip


def beside(one, answer, wanted: np.ndarray, places, names, width: float) -> Beside:
    """The gradients of all nodes; `names` are those of the nodes, `places` where their boxes stand. A node that is wrong is framed."""
    grads = answer[0] if isinstance(answer, (list, tuple)) and len(answer) == 3 else answer
    mine = numbers(grads, (len(wanted),), one.name)
    wrong = ~np.isclose(mine, wanted, rtol=1e-9, atol=1e-12)

    def draw(axes) -> None:
        for place, grad in zip(np.array(places)[wrong], mine[wrong]):
            below = (place[0], place[1] - 0.42)
            draw_node(
                axes[0], below, [f"yours: grad {number(round(float(grad), 10), 4)}"], PURPLE, 0.35, width=width, height=0.34, border=3
            )

    if not wrong.any():
        return Beside("gradients of all nodes", mine, wanted, draw)
    worst = int(np.argmax(np.abs(mine - wanted)))
    return Beside(f"gradient of {names[worst]}", mine[worst], wanted[worst], draw)
