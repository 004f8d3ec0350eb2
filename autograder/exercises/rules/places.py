"""The derivative as a function, continuity, and the ways to have no derivative. Sources: MC03, MC05."""

from __future__ import annotations

from autograder.writing import ABS, CBRT, RELU, RUNGE, SINE, X_ABS_X, CheckOnly, Function, Text, choice, view

from ._lesson import lesson

slope_as_a_function = lesson.add(
    choice(
        "slope_as_a_function",
        1,
        "what f′ says of a curve with one valley",
        wrong={
            "a": "At x = 2 the curve itself is lowest, not its slope. Before the valley the slope is negative: is 0 smaller than that?",
            "c": "-1 is the height of the curve at x = 2. Its slope there is another number: the tangent at the bottom of a valley is level.",
            "d": "The sign of f tells whether the curve is below the axis. The sign of the slope tells whether it falls.",
        },
        difficulty=1,
        hints=("Draw such a curve. Where do its tangents lean down, where up, and where are they level?",),
    )
)

KINDS = ("smooth", "corner", "vertical", "jump")

how_it_fails = lesson.exercise(
    "how_it_fails",
    3,
    "whether a function is smooth at a place, and how not",
    signature="f, x",
    minutes=12,
    difficulty=4,
    returns=Text(),
    clauses={
        "How f behaves at x": "tells_the_four_apart",
        "a jump is at least 0.1 high": "sees_jumps_on_either_side",
        "differ by at least 0.1": "sees_small_corners",
        "its slope and its second derivative": "trusts_steep_and_bent_curves",
        "like a square root or a cube root": "sees_vertical_tangents tells_the_four_apart",
    },
    hints=(
        "Begin with the value: go a tiny step to each side, such as 1e-9. Does f come back to f(x)?",
        "Where it does, look at the slopes to both sides with a step such as 1e-6. How large can they be at a corner, and how large at the cube root?",
        "Three questions, in this order: does the value leap, is a slope huge, do the two slopes differ?",
    ),
)


def _bent(rng, size: float) -> tuple[Function, float]:
    """A smooth curve plus a corner at a two-digit place, where the slopes differ by 2*size."""
    a, x0 = round(float(rng.uniform(0.5, 1.5)), 2), round(float(rng.uniform(-1, 1)), 2)
    return Function(f"np.sin({a}*x) + {size}*np.abs(x - {x0})", name="f"), x0


def _leap(rng, size: float, closed: str = "left") -> tuple[Function, float]:
    """A smooth curve that leaps at a place; the place itself belongs to the part on its left or on its right."""
    a, x0 = round(float(rng.uniform(0.5, 1.5)), 2), round(float(rng.uniform(-1, 1)), 2)
    return Function(f"np.cos({a}*x) + np.where(x {'>' if closed == 'left' else '>='} {x0}, {size}, 0.0)", name="f"), x0


@how_it_fails.cases
def one_of_each(rng):
    """Some of each kind: an answer that always says the same keeps no promise."""
    for f, x in ((SINE, 0.5), (X_ABS_X, 0.0), (ABS, round(float(rng.uniform(0.1, 1)), 2)), (Function("100 + np.sin(x)", name="f"), -0.7)):
        yield f, x, CheckOnly("smooth")
    for f, x in ((ABS, 0.0), (RELU, 0.0), _bent(rng, 2.0), _bent(rng, -2.0)):
        yield f, x, CheckOnly("corner")
    x0 = round(float(rng.uniform(0.2, 1)), 2)
    for f, x in ((CBRT, 0.0), (Function(f"-2*np.cbrt(x - {x0})", name="f"), x0), (Function("np.sqrt(np.abs(x))", name="f"), 0.0)):
        yield f, x, CheckOnly("vertical")
    for f, x in (_leap(rng, 1.0), _leap(rng, -1.0, "right"), (Function("np.sign(x)", name="sign"), 0.0)):
        yield f, x, CheckOnly("jump")


_WHY = {
    "smooth": "The value comes back and the slopes of the two sides tend to one number.",
    "corner": "The value comes back, and the slopes of the two sides tend to two different numbers.",
    "vertical": "The value comes back, and a slope grows without end.",
    "jump": "However small the step, the value does not come back to f(x).",
}


def _ask(t, f, x, kind):
    given = t(f, x).strip().lower()
    t.holds(given in KINDS, f'"{given}"', "one of the four words", 'Return "jump", "corner", "vertical" or "smooth".')
    t.same(given, kind, _WHY[kind])


@how_it_fails.check(weight=2)
def tells_the_four_apart(t, f, x, kind):
    """It tells smooth places, corners, vertical tangents and jumps apart"""
    _ask(t, f, x, kind)


def leaps(rng):
    """Small and large jumps, seen from either side only, or from both."""
    for size, closed in ((0.1, "left"), (-0.1, "right"), (0.11, "right"), (-0.12, "left"), (50.0, "left"), (-50.0, "right")):
        yield *_leap(rng, size, closed), CheckOnly("jump")
    x0 = round(float(rng.uniform(0.2, 1)), 2)
    yield Function(f"np.where(x == {x0}, 0.5, x**2 + 1)", name="f"), x0, CheckOnly("jump")
    yield Function(f"np.where(x == {x0}, x + 0.2, x)", name="f"), x0, CheckOnly("jump")


@how_it_fails.check(cases=leaps, needs=("tells_the_four_apart",))
def sees_jumps_on_either_side(t, f, x, kind):
    """It sees a small jump, on whichever side it is"""
    _ask(t, f, x, kind)


def small_corners(rng):
    """Corners that a generous test overlooks, and steep ones."""
    for size in (0.051, -0.051, 0.08, 29.0, -29.0):
        yield *_bent(rng, size), CheckOnly("corner")
    for slope in (50, -50):
        yield Function(f"{slope}*x + 0.051*np.abs(x)", name="f"), 0.0, CheckOnly("corner")
    yield Function("0.11*np.maximum(x, 0.0)", name="f"), 0.0, CheckOnly("corner")


@how_it_fails.check(cases=small_corners, needs=("tells_the_four_apart",))
def sees_small_corners(t, f, x, kind):
    """It sees small corners and steep ones"""
    _ask(t, f, x, kind)


def steep_and_bent(rng):
    """Smooth curves with a slope and a bend near what the contract allows."""
    a, x = round(float(rng.uniform(0.5, 1.5)), 2), round(float(rng.uniform(0.2, 1)), 2)
    for text in (
        f"57*x + np.sin({a}*x)",
        f"{a} - 58*x",
        f"400 + np.cos({a}*x)",
        f"{a} + 0*x",
        f"29*(x - {x})**2",
        f"-29*(x - {x})**2 + 50*x",
    ):
        yield Function(text, name="f"), x, CheckOnly("smooth")
    yield RUNGE, 0.0, CheckOnly("smooth")


@how_it_fails.check(cases=steep_and_bent, needs=("tells_the_four_apart",))
def trusts_steep_and_bent_curves(t, f, x, kind):
    """It says "smooth" where a curve is steep, flat, or bends as much as it may"""
    _ask(t, f, x, kind)


def upright(rng):
    """Vertical tangents: of both directions, on one side only, on a slope."""
    x0 = round(float(rng.uniform(0.2, 1)), 2)
    for text in (
        f"np.cbrt(x - {x0})",
        f"x - np.sqrt(np.abs(x - {x0}))",
        f"np.sqrt(np.maximum(x - {x0}, 0.0))",
        f"-np.sqrt(np.maximum({x0} - x, 0.0))",
    ):
        yield Function(text, name="f"), x0, CheckOnly("vertical")


@how_it_fails.check(cases=upright, needs=("tells_the_four_apart",))
def sees_vertical_tangents(t, f, x, kind):
    """It sees a vertical tangent, also where one side alone stands upright"""
    _ask(t, f, x, kind)


@how_it_fails.picture
def picture(f, x):
    return view("microscope", f=f, x=x)


def _look(f, x, leap=0.05, steep=100.0, bend=0.05, sides=(-1, 1)):
    """Our three questions, with bars of one's own, to the sides that are named."""
    rises = [abs(float(f(x + s * 1e-9)) - float(f(x))) for s in sides]
    slopes = [(float(f(x + s * 1e-6)) - float(f(x))) / (s * 1e-6) for s in sides]
    if max(rises) > leap:
        return "jump"
    if max(map(abs, slopes)) > steep:
        return "vertical"
    return "corner" if max(slopes) - min(slopes) > bend else "smooth"


@how_it_fails.mistake("You call a jump a vertical tangent. There, too, the quotients grow; look at the value itself with a tiny step.")
def jump_taken_for_vertical(f, x):
    return _look(f, x, leap=float("inf"))


@how_it_fails.mistake(
    "You compare the two slopes and never ask whether one is huge: at a vertical tangent they may agree, and grow without end."
)
def never_asks_for_steepness(f, x):
    return _look(f, x, steep=float("inf"))


@how_it_fails.mistake("You look to the right of x only. What happens on the left goes unseen.")
def right_side_only(f, x):
    return _look(f, x, sides=(1,))


@how_it_fails.mistake(
    'At smooth places you say "corner". For a step above 0 the two slopes never agree exactly: allow for what the step explains.'
)
def exact_equality(f, x):
    return _look(f, x, bend=0.0)


@how_it_fails.mistake("Small jumps escape you: the value need not leap far to leap.")
def small_jumps_missed(f, x):
    return _look(f, x, leap=0.5)


@how_it_fails.mistake("Small corners escape you: the sides may differ by no more than the step explains.")
def small_corners_missed(f, x):
    return _look(f, x, bend=0.5)


@how_it_fails.mistake("You take steep smooth curves and steep corners for vertical tangents. A slope of 50 is steep, and it settles.")
def steep_taken_for_vertical(f, x):
    return _look(f, x, steep=20.0)
