"""Questions for another day on lesson 04: directions, and the loss of a linear model."""

from .question import ask, kind, shown, slip, whole


@kind("directional_derivative", "slope_along")
def slope_in_a_direction(rng):
    a, b, k = whole(rng, -6, 6), whole(rng, -6, 6), whole(rng, 2, 4)
    v, unit = (3 * k, 4 * k), rng.random() < 0.5
    rate, slope = 3 * k * a + 4 * k * b, (3 * a + 4 * b) / 5
    return ask(
        f"The gradient of f is ({shown(a)}, {shown(b)}). What is the {'slope of f in the direction of' if unit else 'rate of change of f along the vector'} v = {v}?",
        slope if unit else rate,
        "The dot product with v; for the slope in its direction v is first brought to length one, here divided by " + f"{5 * k}.",
        slip(rate, "A slope does not depend on the length of v.", "slope_along.never_normalises")
        if unit
        else slip(slope, "Along v itself, twice the length gives twice the rate.", "directional_derivative.normalises_always"),
        slip(rate / (5 * k) ** 2, "That is divided by the square of the length.", "slope_along.divides_by_the_square"),
        slip(-slope if unit else -rate, "The sign is turned around.", "directional_derivative.sign"),
        a=a, b=b, k=k, unit=unit,
    )  # fmt: skip


@kind("steepest_ascent_direction")
def steepest_way(rng):
    k, turned = whole(rng, 2, 9), rng.random() < 0.5
    a, b = (3 * k, 4 * k) if turned else (4 * k, -3 * k)
    return ask(
        f"The gradient is ({a}, {shown(b)}). What is the first component of the direction of steepest ascent, as a vector of length one?",
        a / (5 * k),
        f"The gradient divided by its length, {5 * k}.",
        slip(a, "That is the gradient's own.", "steepest_ascent_direction.not_unit"),
        slip(-a / (5 * k), "That way is down.", "steepest_ascent_direction.descent"),
        slip(a / (abs(a) + abs(b)), "The length is a root of squares.", "steepest_ascent_direction.sum_of_sizes"),
        slip(a / max(abs(a), abs(b)), "That is divided by the largest entry.", "steepest_ascent_direction.largest_entry"),
        slip(a / (5 * k) ** 2, "That is divided by the square of the length.", "steepest_ascent_direction.divides_by_the_square"),
        a=a, b=b,
    )  # fmt: skip


@kind("mse", "which_loss")
def mean_squared_error(rng):
    errors = [whole(rng, -4, 4) for _ in range(4)]
    squares, sizes = sum(e * e for e in errors), sum(abs(e) for e in errors)
    return ask(
        f"Four predictions are off by {', '.join(shown(e) for e in errors)}. What is the mean squared error?",
        squares / 4,
        "Square, add, divide by the number of examples.",
        slip(squares, "That is the sum.", "mse.sum_not_mean"),
        slip(squares / 8, "There is no ½ in it.", "mse.half"),
        slip((squares / 4) ** 0.5, "That is its root.", "mse.root"),
        slip(sizes / 4, "That is the mean absolute error.", "mse.absolute_errors"),
        slip((sum(errors) / 4) ** 2, "Errors of both signs would cancel: square first.", "mse.square_of_the_mean"),
        errors=errors,
    )


@kind("mse_gradient", "wrong_line_of_the_loss", "catch_the_square_table", "train_linear")
def slope_of_the_loss(rng):
    x1, x2, r1, r2 = whole(rng, 1, 5), whole(rng, -5, 5), whole(rng, -4, 4), whole(rng, -4, 4)
    total = x1 * r1 + x2 * r2
    return ask(
        f"Two examples have the features {x1} and {shown(x2)}; their predictions w·x are off by prediction − y = {shown(r1)} and {shown(r2)}. "
        "What is the slope of the mean squared error in w?",
        total,
        "2/m · Σ (prediction − y)·x; with two examples 2/m is 1.",
        slip(2 * total, "The mean divides by 2.", "mse_gradient.sum_not_mean", "train_linear.sum_not_mean"),
        slip(total / 2, "The 2 of the square is missing.", "mse_gradient.missing_two", "train_linear.without_the_two"),
        slip(-total, "The sign is turned around.", "mse_gradient.published_sign"),
        slip(r1 + r2, "Each error is multiplied by its feature.", "mse_gradient.features_missing"),
        x1=x1, x2=x2, r1=r1, r2=r2,
    )  # fmt: skip


@kind("recall_gradient_shape", "recall_gradient_of_a_matrix")
def shape_of_a_gradient(rng):
    m, n = whole(rng, 2, 5), whole(rng, 6, 9)
    matrix = rng.random() < 0.5
    shape = f"({m}, {n})" if matrix else f"({m},)"
    other = (f"({n}, {m})", f"({m * n}, 1)") if matrix else (f"({m}, {m})", f"(1, {m})")
    return ask(
        f"A loss is one number and depends on an array of the shape {shape}. Which shape has its gradient, as this course writes it?",
        shape,
        "One slope for each entry, in the shape of the entries.",
        slip(other[0], "A gradient has the shape of what moves."),
        slip(other[1], "A gradient has the shape of what moves.", "gradient.row_matrix"),
        slip("()", "That is the shape of the loss; there is a slope for each entry.", "gradient.sum_of_partials"),
        options=(shape, *other, "()"),
        m=m, n=n, matrix=matrix,
    )  # fmt: skip
