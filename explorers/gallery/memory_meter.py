"""The memory meter: bytes of a layer's generalized Jacobians beside those of a backward pass (MC24, E-P30)."""

from __future__ import annotations

from ..drawing.chart import Chart
from ..drawing.overlay import note
from ..drawing.palette import BLUE, GREEN, ORANGE, PINK
from ..inputs.checks import counts
from ..widgets.goal import Goal
from ..widgets.scene import Control, Description, Preset, Scene
from ..widgets.told import told

SIZES = (1, 2, 3, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
BARS = Chart(
    (1, 1e18), (-0.5, 4.2), title="bytes, for numbers of 4 bytes", xlabel="bytes", xlog=True, ticks="x", width=400, height=300, left=16
)
SCALE = Chart((0, 1), (0, 1), title="the same, as areas to one scale", ticks=False, left=12, bottom=12, width=300, height=300)
UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
LAPTOP = 16 * 2**30
ROWS = (("∂Y/∂X, all of it", ORANGE), ("∂Y/∂W, all of it", PINK), ("backward: dX", BLUE), ("backward: dW", GREEN))


def entries(m: int, n: int, k: int) -> tuple[int, int, int, int]:
    """Entries of ∂Y/∂X, ∂Y/∂W, dX, dW for Y = XW with X (m, n) and W (n, k)."""
    return m * k * m * n, m * k * n * k, m * n, n * k


def size(count: int) -> str:
    """Bytes of `count` numbers of 4 bytes, as people write them."""
    value, unit = count * 4.0, 0
    while value >= 1024 and unit < len(UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.4g} {UNITS[unit]}"


def draw(ax, m: int, n: int, k: int) -> None:
    """Four bars, and what a laptop holds."""
    for row, (count, (name, color)) in enumerate(zip(entries(m, n, k)[::-1], ROWS[::-1])):
        ax.fill([1, count * 4, count * 4, 1], [row - 0.2, row - 0.2, row + 0.2, row + 0.2], color=color, alpha=0.85)
        note(ax, f"{name}: {size(count)}", (1, row + 0.2), (4, 9))
    ax.plot([LAPTOP, LAPTOP], [-0.5, 4.2], color="#767676", linewidth=1.5, linestyle="--")
    note(ax, "16 GiB: a laptop", (LAPTOP, 4.0), (6, 0))


def draw_to_scale(ax, m: int, n: int, k: int) -> None:
    """The same four as squares in one corner, their areas to one scale."""
    counts, most = entries(m, n, k), max(entries(m, n, k))
    sides = {name: 0.95 * (count / most) ** 0.5 for count, (name, _) in zip(counts, ROWS)}
    for name, color in sorted(ROWS, key=lambda row: -sides[row[0]]):
        side = sides[name]
        ax.fill([0, side, side, 0], [0, 0, side, side], color=color, alpha=0.85)
        ax.plot([0, side, side, 0, 0], [0, 0, side, side, 0], color=color, linewidth=1.5)
    small = [name for name, _ in ROWS[2:] if sides[name] < 0.3]
    if small:
        at = max(sides[name] for name in small)
        which = " and ".join(name.split()[-1] for name in small)
        note(ax, f"{which} {'are' if len(small) > 1 else 'is'} in this corner", (at, at), (8, 10))


def describe(m: int, n: int, k: int) -> Description:
    """The words of a state."""
    counts = entries(m, n, k)
    styles = ("-", "--", "-.", ":")
    cells = tuple(((color, style), name, size(count)) for count, (name, color), style in zip(counts, ROWS, styles))
    labels = (
        f"Y = XW with {m} examples, {n} features in and {k} out: " + ", ".join(f"{name} {size(c)}" for c, (name, _) in zip(counts, ROWS)),
        "the same four as squares whose areas are to one scale; the largest fills the picture",
    )
    if max(counts[:2]) * 4 > LAPTOP:
        words = told(
            "The larger tensor does not fit into a laptop; what a backward pass returns does, easily. Nearly all entries of that tensor are zero anyway.",
            lambda: (
                4 * m * k * n * max(m, k) > LAPTOP > 40 * n * max(m, k) and 1 / max(m, k) < 0.1
            ),  # ∂Y/∂X is zero but for 1/m of it, ∂Y/∂W but for 1/k
        )
    elif max(counts[:2]) > 1000 * max(counts[2:]):
        words = told(
            "Already more than a thousand times what a backward pass returns.", lambda: m * k * n * max(m, k) > 1000 * n * max(m, k)
        )
    else:
        words = told(
            "It fits into a laptop. Make the layer larger and watch the first two bars run away.",
            lambda: 4 * m * k * n * max(m, k) <= LAPTOP and m * k <= 1000,
        )
    return Description(labels, cells, words)


def memory_meter(m: int = 64, n: int = 16, k: int = 16):
    """Choose the size of a layer Y = XW and compare: the whole tensors, and what a backward pass returns.

    `m` examples, `n` features in, `k` features out: any whole numbers up to 20,000, your own layer's for example.
    What to find out: how large a layer makes the tensor outgrow your machine?
    """
    return scene(m, n, k).explorer()


def scene(m: int = 64, n: int = 16, k: int = 16) -> Scene:
    """The scene of the explorer."""
    ms, ns, ks = (counts(SIZES, size, name, 20_000) for size, name in ((m, "m"), (n, "n"), (k, "k")))
    return Scene(
        "memory",
        (
            Control("k", "outputs k", "columns of W", ks, k, str), Control("n", "features n", "columns of X, rows of W", ns, n, str),
            Control("m", "examples m", "rows of X", ms, m, str),
        ),
        (BARS, SCALE), lambda axes, k, n, m: (draw(axes[0], m, n, k), draw_to_scale(axes[1], m, n, k)), lambda k, n, m: describe(m, n, k),
        presets=(
            Preset("the worked example", "m = 2, n = 3, k = 4", {"m": 2, "n": 3, "k": 4}), Preset("an ordinary layer", "m = 64, n = k = 4096", {"m": 64, "n": 4096, "k": 4096}),
            Preset("a small layer", "m = 64, n = k = 16", {"m": 64, "n": 16, "k": 16}),
        ),
        goal=Goal("find a k with which all of ∂Y/∂W no longer fits into 16 GiB.", lambda k, n, m: 4 * entries(m, n, k)[1] > LAPTOP),
        shown=("∂Y/∂W, all of it", "backward: dW"), prints=({"m": 2, "n": 3, "k": 4}, {}, {"m": 64, "n": 4096, "k": 4096}),
    )  # fmt: skip
