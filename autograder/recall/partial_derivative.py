"""Questions for another day on lesson 03: one variable at a time, and along a curve."""

from .question import ask, kind, pick, shown, slip, whole


def _power(n: int) -> str:
    return {2: "²", 3: "³"}[n]


@kind("seed_partials", "freeze", "vary_part", "catch_the_exponents", "recall_frozen_term", "recall_partial_value")
def partial_of_a_monomial(rng):
    c, a, b = whole(rng, 2, 5), pick(rng, 2, 3), pick(rng, 2, 3)
    x, z = whole(rng, 2, 3), whole(rng, -3, 3)
    return ask(
        f"f(x, z) = {c}·x{_power(a)}·z{_power(b)}. What is ∂f/∂x at x = {x}, z = {shown(z)}?",
        c * a * x ** (a - 1) * z**b,
        "z stands still and is a number like any other: only the power of x is differentiated.",
        slip(c * x**a * b * z ** (b - 1), "That is ∂f/∂z.", "seed_partials.order_z_x"),
        slip(c * a * x ** (a - 1) * b * z ** (b - 1), "Only one of the variables moves.", "seed_partials.differentiates_both"),
        slip(c * x ** (a - 1) * z**b, "The exponent in front is missing.", "seed_partials.factor_missing"),
        slip(c * a * x**a * z**b, "The exponent becomes one less.", "seed_partials.exponent_stays"),
        slip(c * a * x ** (a - 1), "z stands still, and its factor stays.", "catch_the_exponents.without_y"),
        c=c, a=a, b=b, x=x, z=z,
    )  # fmt: skip


@kind("total_derivative", "find_the_wrong_derivative")
def slope_along_a_curve(rng):
    fx, fz, dz = whole(rng, -6, 6), whole(rng, -6, 6), whole(rng, -5, 5)
    return ask(
        f"On a curve z(x), at some point: ∂f/∂x = {shown(fx)}, ∂f/∂z = {shown(fz)}, dz/dx = {shown(dz)}. What is df/dx?",
        fx + fz * dz,
        "f changes with x itself, and through z: ∂f/∂x + ∂f/∂z·dz/dx.",
        slip(fx, "z moves as well.", "total_derivative.partial_only", "seed_partials.total_derivative"),
        slip(fx + fz, "The change through z is as large as z's own slope makes it.", "total_derivative.sum_without_chain"),
        slip(fz * dz, "f changes with x itself, too.", "total_derivative.through_z_only"),
        slip(fx * dz + fz, "dz/dx belongs to ∂f/∂z.", "total_derivative.factor_on_the_wrong_term"),
        slip(fx * fz * dz, "The two ways are added.", "total_derivative.multiplies_all"),
        slip(fx + fz + dz, "Along a way slopes are multiplied.", "total_derivative.adds_all"),
        fx=fx, fz=fz, dz=dz,
    )  # fmt: skip


@kind("mixed_partials", "partials_enough")
def slope_of_a_slope(rng):
    c, x, z = whole(rng, 2, 5), whole(rng, 2, 4), whole(rng, -3, 3)
    return ask(
        f"f(x, z) = {c}·x²·z³. What is ∂²f/∂x∂z at x = {x}, z = {shown(z)}?",
        6 * c * x * z * z,
        "First one slope, then the other variable's slope of it: 2x·3z², in either order.",
        slip(2 * c * x * z**3 * 3 * c * x * x * z * z, "That is the product of two slopes.", "mixed_partials.product_of_slopes"),
        slip(2 * c * z**3, "That is the second derivative in x alone.", "mixed_partials.ignores_j"),
        slip(2 * c * x * z**3, "That is ∂f/∂x; the slope in z is to be taken of it."),
        c=c, x=x, z=z,
    )  # fmt: skip


@kind("which_symbol", "held_fixed", "what_moves", "sensitivity_of_what", "component_or_power")
def what_stands_still(rng):
    w, x, y = whole(rng, 2, 5), whole(rng, 2, 6), whole(rng, -9, 9)
    return ask(
        f"L = (y − w·x)². At w = {w}, x = {x}, y = {shown(y)}: what is ∂L/∂w?",
        -2 * x * (y - w * x),
        "Only the parameter w is nudged; the data x and y stand still. The inner slope is −x.",
        slip(-2 * w * (y - w * x), "That is ∂L/∂x: the parameter is nudged, not the data.", "mse_gradient.with_respect_to_features"),
        slip(2 * x * (y - w * x), "The inner slope has a minus.", "mse_gradient.published_sign"),
        slip(-x * (y - w * x), "The 2 of the square is missing.", "mse_gradient.missing_two"),
        slip(0, "y is what was measured; the prediction w·x depends on w.", "held_fixed.option_a"),
        w=w, x=x, y=y,
    )  # fmt: skip
