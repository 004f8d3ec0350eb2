"""Partial and total derivative. Sources: E-W23, E-P08."""

from __future__ import annotations

from autograder.writing import Array, CheckOnly, Function, Reals, choice, random_field, random_smooth, roundoff, slope_between, two_digits

from ._lesson import lesson

find_the_wrong_derivative = lesson.add(
    choice(
        "find_the_wrong_derivative",
        0.5,
        "the line that mixes up partial and total derivative",
        wrong={
            "a": "This line only puts z = x² into 4x⁴z³: x⁴ times x⁶ is x¹⁰.",
            "b": "With z frozen this is right: it is the partial derivative of the worked example.",
            "c": "This line takes line B at the points of the curve. Both letters may be replaced once the differentiation is done.",
            "e": "Line A is a function of x alone, and this is its ordinary derivative.",
        },
        options="abcde",
        difficulty=3,
        hints=(
            "Put x = 1 into the lines: two of them claim to be the same derivative.",
            "Which line changes a round ∂ into a straight d without doing anything?",
        ),
    )
)

total_derivative = lesson.exercise(
    "total_derivative",
    2,
    "the slope of f along a curve z(x)",
    signature="df_dx, df_dz, dz_dx",
    minutes=5,
    difficulty=2,
    returns=Array(),
    domains={"df_dx": Reals(), "df_dz": Reals(), "dz_dx": Reals()},
    clauses={
        "The slope of x -> f(x, z(x)) at a point": "slope_along_a_straight_curve slope_along_any_curve",
        "from three numbers": "edges",
        "the slope of the curve z there": "slope_along_any_curve",
    },
    hints=(
        "Two things change f when x moves: x itself, and z, which moves along.",
        "When x moves by a little, z moves by dz/dx times as much. How much does that change f?",
        "Test it on f(x, z) = z with z = 5x. Then f is 5x, whose slope is 5.",
    ),
)


@total_derivative.cases
def three_slopes(rng):
    for _ in range(8):
        yield tuple(float(v) for v in two_digits(rng, 0.3, 4, 3, signs=True))


@total_derivative.check(weight=2, domain=True)
def slope_along_a_straight_curve(t, df_dx, df_dz, dz_dx):
    """For f = p·x + q·z and z = r·x it is the slope of f in x"""
    plane = Function(f"({df_dx})*x + ({df_dz})*z", args="x, z")
    t.equal(
        t(df_dx, df_dz, dz_dx),
        slope_between(lambda x: plane(x, dz_dx * x), 0.0, 1.0),
        f"Take f = {df_dx:g}·x + {df_dz:g}·z and z = {dz_dx:g}·x. Put z into f: what multiplies x?",
        roundoff(abs(df_dx) + abs(df_dz * dz_dx), 1.0),
    )


def curved(rng):
    """Curved f and curved z, with the slope of x -> f(x, z(x)) found by a complex step through the composition."""
    for _ in range(6):
        f, z = random_field(rng, 2), random_smooth(rng)
        x = float(two_digits(rng, 0.4, 1.4, signs=True))
        f_x, f_z = f.derivative([x, z(x)])
        step = x + 1e-30j
        yield float(f_x), float(f_z), float(z.derivative(x)), CheckOnly(float((f([step, z(step)])).imag / 1e-30))


@total_derivative.check(cases=curved, needs=("slope_along_a_straight_curve",))
def slope_along_any_curve(t, df_dx, df_dz, dz_dx, slope):
    """It is the slope of x → f(x, z(x)) for curved f and z"""
    t.equal(t(df_dx, df_dz, dz_dx), slope, "These are the slopes of a curved f and a curved z at one point.")


@total_derivative.mistake("This is the partial derivative alone. It misses that z moves along.")
def partial_only(df_dx, df_dz, dz_dx):
    return df_dx


@total_derivative.mistake("You add the two partial derivatives as if z moved as fast as x. It moves dz/dx times as fast.")
def sum_without_chain(df_dx, df_dz, dz_dx):
    return df_dx + df_dz


@total_derivative.mistake("This is the part that comes through z. x itself changes f too.")
def through_z_only(df_dx, df_dz, dz_dx):
    return df_dz * dz_dx


@total_derivative.mistake("The slope of z belongs to the term in which z moves, not to the other one.")
def factor_on_the_wrong_term(df_dx, df_dz, dz_dx):
    return df_dx * dz_dx + df_dz


@total_derivative.mistake("Everything is multiplied. The two ways in which x acts on f add up; only along one way do slopes multiply.")
def multiplies_all(df_dx, df_dz, dz_dx):
    return df_dx * df_dz * dz_dx


@total_derivative.mistake("The slope of z is added. Along one way slopes multiply: z moves dz/dx times as fast as x.")
def adds_all(df_dx, df_dz, dz_dx):
    return df_dx + df_dz + dz_dx
