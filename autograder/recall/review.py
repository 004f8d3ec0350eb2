"""Questions for another day on lesson 11: the spread of a row."""

from .question import ask, kind, shown, slip, whole


@kind("spread_gradient", "layernorm_backward")
def slope_of_a_spread(rng):
    mean, k = whole(rng, -9, 9), whole(rng, 1, 5)
    row = [mean - k, mean + k]
    return ask(
        f"The row {row} has the mean {shown(mean)} and the standard deviation {k} (the root of the mean squared distance). What is the slope of that by the second entry?",
        0.5,
        "(x − mean)/(n·s): here the distance is s itself, and n is 2.",
        slip(1, "Two entries share the mean: divide by n.", "spread_gradient.no_mean"),
        slip(k, "That is the slope of the variance.", "spread_gradient.of_the_variance"),
        slip(row[1] / (2 * k), "The mean is taken off first.", "spread_gradient.not_centred"),
        row=row,
    )
