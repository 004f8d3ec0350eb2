"""Questions for another day on lesson 01: secants, tangents, corners."""

from .question import ask, kind, pick, shown, slip, whole


@kind("difference_quotient", "catch_the_secant", "hunt_slopes")
def secant_slope(rng):
    x, h = whole(rng, 2, 9), pick(rng, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75)
    return ask(
        f"What is the slope of the secant of x² through x = {x} and x = {shown(x + h)}?",
        2 * x + h,
        "The difference of the values, divided by the difference of the places; for x² it is 2x + h.",
        slip(2 * x, "That is the slope of the tangent at the first point."),
        slip((2 * x + h) * h, "That is the difference of the values, not divided by h.", "difference_quotient.difference_not_ratio"),
        slip(-(2 * x + h), "Values and places are subtracted in the same order.", "difference_quotient.sign", "catch_the_secant.a_step_to_the_right"),
        slip(2 * x - h, "That steps to the other side.", "difference_quotient.steps_backward"),
        x=x, h=h,
    )  # fmt: skip


@kind("secant_line")
def secant_intercept(rng):
    x, h = whole(rng, -4, 4), whole(rng, 1, 3)
    return ask(
        f"The secant of x² through x = {shown(x)} and x = {shown(x + h)}: at which height does it cross x = 0?",
        -x * (x + h),
        "From the point (x, f(x)) go back x steps along the slope 2x + h: f(x) − (2x + h)·x.",
        slip(x * x, "That is the height at x itself.", "secant_line.intercept_at_x"),
        slip(x * x + (2 * x + h) * x, "To get from x to 0 you go back by x.", "secant_line.intercept_sign"),
        slip(x * x - 2 * x * x, "That is the tangent's.", "secant_line.uses_the_tangent"),
        x=x, h=h,
    )  # fmt: skip


@kind("quotient_cubic", "order_the_derivation", "find_first_wrong_step")
def cubic_quotient(rng):
    x, h = whole(rng, 1, 4), pick(rng, 0.1, 0.2, 0.5, -0.1, -0.5)
    return ask(
        f"What is the difference quotient of 2x³ + 5 at x = {x} with h = {shown(h)}?",
        6 * x * x + 6 * x * h + 2 * h * h,
        "Expanded and divided by h it is 6x² + 6xh + 2h².",
        slip(6 * x * x, "That is the limit already.", "quotient_cubic.limit_already"),
        slip(6 * x * x + h * h + 2 * x * h, "The 2 and the binomial coefficient 3 belong to both terms with h.", "quotient_cubic.seed_line_52"),
        slip(3 * x * x + 3 * x * h + h * h, "The factor 2 of 2x³ is missing.", "quotient_cubic.factor_two_lost"),
        slip(6 * x * x + 4 * x * h + 2 * h * h, "One h·x² or h²·x of the expansion is lost.", "quotient_cubic.seed_line_50"),
        x=x, h=h,
    )  # fmt: skip


@kind("one_sided", "is_differentiable", "how_it_fails", "slopes_and_jumps")
def slope_from_the_left(rng):
    a, k, m = whole(rng, -5, 5), whole(rng, 2, 5), whole(rng, -6, 6)
    return ask(
        f"f(x) = {k}·|x − {a}| + {m}·x. What is the slope just left of x = {a}?".replace("-", "−").replace("− −", "+ ").replace("+ −", "− "),
        m - k,
        f"Left of the corner |x − a| falls, so its part of the slope is −{k}.",
        slip(m + k, "That is the slope on the right.", "one_sided.right_only", "one_sided.sides_exchanged"),
        slip(m, "That is the average of both sides, which hides the corner.", "one_sided.central_average", "is_differentiable.compares_averages"),
        slip(k - m, "The sign is turned around.", "one_sided.left_sign"),
        a=a, k=k, m=m,
    )  # fmt: skip


@kind("powers_derivative", "power", "exp", "log")
def power_slope(rng):
    n, x = whole(rng, 3, 5), whole(rng, -3, 3)
    return ask(
        f"What is the derivative of x to the power {n} at x = {shown(x)}?",
        n * x ** (n - 1),
        "The exponent comes in front, and is one less afterwards: n·xⁿ⁻¹.",
        slip(x ** (n - 1), "The exponent in front is missing.", "powers_derivative.factor_missing", "power.drops_the_exponent"),
        slip(n * x**n, "The exponent becomes one less.", "powers_derivative.exponent_stays", "power.keeps_the_exponent"),
        slip(x**n, "That is the power itself.", "powers_derivative.the_powers"),
        x=x, n=n,
    )  # fmt: skip


@kind("tangent_line", "recall_tangent_error")
def tangent_height(rng):
    x0, d = whole(rng, 1, 5), pick(rng, -3, -2, 2, 3)
    return ask(
        f"The tangent of x² at x0 = {x0}: how high is it at x = {shown(x0 + d)}?",
        x0 * x0 + 2 * x0 * d,
        "The height at x0, and from there the slope 2·x0 times the way x − x0.",
        slip(2 * x0 * d, "The height at x0 is missing.", "tangent_line.forgets_the_height"),
        slip(x0 * x0 + 2 * x0 * (x0 + d), "The way is measured from x0, not from 0.", "tangent_line.measures_from_zero"),
        slip(x0 * x0 + 2 * (x0 + d) * d, "A tangent keeps the slope that f has at x0.", "tangent_line.slope_moves_along"),
        slip((x0 + d) ** 2, "That is the height of the curve."),
        x0=x0, d=d,
    )  # fmt: skip
