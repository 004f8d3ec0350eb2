"""Questions for another day on lesson 02: differences, their errors and their steps."""

from .question import ask, kind, pick, shown, slip, whole


@kind("warm_up_halving_h", "recall_central_order", "test_central_difference", "catch_the_halved_step", "taylor_order")
def error_of_a_smaller_step(rng):
    name, order = pick(rng, ("a forward difference", 1), ("a central difference", 2), ("the tangent as a forecast", 2))
    k, error = pick(rng, 2, 3, 10), pick(rng, 0.18, 0.36, 0.72)
    first, second = slip(error / k, "So much it would be at order 1."), slip(error / k**2, "So much it would be at order 2.")
    return ask(
        f"With a small step h, {name} has the error {error}. Rounding apart, about what is it with h/{k}?",
        error / k**order,
        f"It has order {order}: with h divided by {k}, the error is divided by {k**order}.",
        second if order == 1 else first,
        slip(error, "A smaller step helps."),
        slip(error / k**3, "So much it would be at order 3."),
        k=k, error=error, order=order,
    )  # fmt: skip


def _values(rng):
    return pick(rng, 0.1, 0.2, 0.5), whole(rng, 1, 30) / 10, whole(rng, 31, 60) / 10, whole(rng, 61, 99) / 10


@kind("forward_difference", "backward_difference", "central_difference", "partial_derivative", "nudge", "gradient", "gradient_sources")
def difference_of_three_values(rng):
    h, left, here, right = _values(rng)
    forward, backward, central = (right - here) / h, (here - left) / h, (right - left) / (2 * h)
    name = pick(rng, "central", "forward", "backward")
    wanted = {"central": central, "forward": forward, "backward": backward}[name]
    slips = [slip(-wanted, "The sign is turned around.", f"{name}_difference.sign"), slip(wanted * h, "That is not divided by h.", f"{name}_difference.difference_not_ratio")]  # fmt: skip
    if name == "central":
        slips += [
            slip(forward, "That is the forward difference.", "central_difference.forward_instead", "gradient.forward_instead"),
            slip(backward, "That is the backward difference.", "central_difference.backward_instead"),
            slip(2 * central, "The two points are 2h apart.", "central_difference.divides_by_h", "partial_derivative.divides_by_h"),
        ]
    else:
        slips += [slip(central, "That looks to both sides.", f"{name}_difference.both_sides")]
        other = "backward" if name == "forward" else "forward"
        slips += [
            slip(backward if name == "forward" else forward, f"That is the {other} difference.", f"{name}_difference.{other}_instead")
        ]
    return ask(
        f"f(x − h) = {left}, f(x) = {here}, f(x + h) = {right}, and h = {h}. What is the {name} difference?",
        wanted,
        "The difference of two values, divided by the distance of their places.",
        *slips,
        h=h, behind=left, here=here, ahead=right, name=name,
    )  # fmt: skip


@kind("second_difference")
def second_difference_of_three(rng):
    h, left, here, right = _values(rng)
    bend = right - 2 * here + left
    return ask(
        f"f(x − h) = {left}, f(x) = {here}, f(x + h) = {right}, and h = {h}. What is the second difference, the estimate of f″(x)?",
        bend / h**2,
        "(f(x + h) − 2f(x) + f(x − h))/h².",
        slip(bend / h, "It is a slope of slopes: divide by h twice.", "second_difference.divides_by_h_once"),
        slip(-bend / h**2, "The middle value has the minus.", "second_difference.sign"),
        slip((right - here + left) / h**2, "f(x) is subtracted twice.", "second_difference.subtracts_once"),
        slip(bend / (4 * h**2), "The places are h apart, not 2h.", "second_difference.divides_by_four"),
        slip((right - left) / (2 * h), "That is the first derivative.", "second_difference.first_derivative"),
        h=h, behind=left, here=here, ahead=right,
    )  # fmt: skip


@kind("richardson")
def two_differences_combined(rng):
    true, error = whole(rng, 2, 9), pick(rng, 0.2, 0.4, 0.8, -0.4, -0.8)
    coarse, fine = true + error, true + error / 4
    return ask(
        f"Central differences with h and h/2 give {shown(coarse)} and {shown(fine)}. What does Richardson make of them?",
        (4 * fine - coarse) / 3,
        "The finer one has a quarter of the error, so (4·fine − coarse)/3 has none of order h².",
        slip((coarse + fine) / 2, "An average keeps an error of the same order.", "richardson.averages"),
        slip(2 * fine - coarse, "Those weights are for errors of order 1.", "richardson.weights_for_order_one"),
        slip((4 * coarse - fine) / 3, "The finer one has the weight 4/3.", "richardson.weights_exchanged"),
        slip(fine, "That is the finer one alone.", "richardson.half_step_only"),
        slip(4 * fine - coarse, "The weights 4 and −1 add up to 3.", "richardson.weights_not_normalised"),
        coarse=coarse, fine=fine,
    )  # fmt: skip


@kind("complex_step", "why_the_complex_step_fails")
def imaginary_step(rng):
    x = pick(rng, -9, -8, -7, -6, -5, -4, -2, 2, 4, 5, 6, 7, 8, 9)
    return ask(
        f"f(z) = z³, x = {shown(x)}, and h is tiny. What is the imaginary part of f(x + ih), divided by h, to many digits?",
        3 * x * x,
        "(x + ih)³ has the imaginary part 3x²h − h³.",
        slip(x**3, "That is the real part.", "complex_step.real_part"),
        slip(0, "The imaginary part is tiny, and so is h.", "complex_step.no_division"),
        slip(-3 * x * x, "The sign is that of x − ih.", "complex_step.conjugate_step"),
        x=x,
    )


@kind("optimal_step", "wrong_sentence_about_h", "recall_rounding")
def size_of_the_best_step(rng):
    steps = {"forward": "1.5e-8", "central": "6e-6", "second": "1e-4"}
    name = pick(rng, *steps)
    why = {"1.5e-8": "That is √ε, for a forward difference.", "6e-6": "That is ∛ε, for a central difference.", "1e-4": "That is the fourth root of ε, for a second difference."}  # fmt: skip
    marks = {"1.5e-8": ("optimal_step.square_root_for_all",), "6e-6": ("optimal_step.cube_root_for_all",), "1e-4": ()}
    return ask(
        f"About which step is best for a {name} difference near x = 1 in float64?",
        steps[name],
        "It balances truncation, which grows with h, and rounding, which grows with ε/h, or ε/h² for the second difference.",
        slip("2.2e-16", "With h = ε rounding takes all digits.", "optimal_step.eps_itself"),
        *(slip(step, why[step], *marks[step]) for step in steps.values() if step != steps[name]),
        options=("2.2e-16", *steps.values()),
        name=name,
    )


@kind("observed_order")
def order_from_two_errors(rng):
    order, k = pick(rng, 1, 2, 3, 4), pick(rng, 2, 3)
    error = pick(rng, 0.08, 0.16, 0.4)
    return ask(
        f"With h the error is {error}, with h/{k} it is {shown(error / k**order)}. Which order has the method?",
        order,
        f"The error fell by {k**order}, which is {k} to that power.",
        slip(k**order, "That is the factor; the order is its exponent.", "observed_order.no_logarithms"),
        slip(-order, "Error and step become smaller together.", "observed_order.falling_line"),
        *([slip(1 / order, "Step and error have changed places.", "observed_order.inverse_slope")] if order > 1 else []),
        k=k, order=order, error=error,
    )  # fmt: skip
