"""Questions for another day on lesson 06: derivatives of tables by tables."""

import numpy as np

from .question import ask, kind, pick, slip, whole


@kind(
    "generalized_jacobian",
    "recursive_generalized_jacobian",
    "genjac_elementwise",
    "genjac_matmul",
    "name_the_derivative",
    "meaning_of_none",
)
def shape_of_all_derivatives(rng):
    y, x = (whole(rng, 2, 3), whole(rng, 4, 5)), (whole(rng, 6, 7), whole(rng, 8, 9))
    if rng.random() < 0.5:
        y, x = x, y
    return ask(
        f"Y = f(X), X has the shape {x} and Y the shape {y}. Which shape has the generalized Jacobian?",
        f"{y + x}",
        "The axes of the output come first, then those of the input.",
        slip(f"{x + y}", "The output's axes come first.", "generalized_jacobian.x_axes_first", "name_the_derivative.input_first"),
        slip(f"{(y[0], x[0], y[1], x[1])}", "The axes are not mixed.", "generalized_jacobian.interleaved"),
        slip(f"{(y[0] * y[1], x[0] * x[1])}", "That is the Jacobian of the flattened map.", "generalized_jacobian.left_flattened", "name_the_derivative.flattened"),
        options=(f"{y + x}", f"{x + y}", f"{(y[0], x[0], y[1], x[1])}", f"{(y[0] * y[1], x[0] * x[1])}"),
        y=y, x=x,
    )  # fmt: skip


@kind("per_example", "batch_block_diagonal")
def entries_within_examples(rng):
    m, n, k = whole(rng, 3, 9), whole(rng, 2, 5), whole(rng, 2, 5)
    return ask(
        f"A layer turns each of {m} examples, {n} numbers, into {k} numbers, each example by itself. "
        "How many entries of its generalized Jacobian may be different from 0?",
        m * k * n,
        f"{m} blocks, one for each example, of {k} outputs by {n} inputs.",
        slip(m * k * m * n, "That is all of them: an example does not feel the others.", "batch_block_diagonal.asks_for_a_full_diagonal"),
        slip(k * n, "That is one example's block.", "per_example.adds_up_over_examples"),
        slip(m * n, "Every output of an example has slopes by its inputs."),
        m=m, n=n, k=k,
    )  # fmt: skip


@kind("recall_backward_passes", "dual_jvp", "why_it_swells")
def passes_for_a_jacobian(rng):
    n, m, forward = whole(rng, 2, 40), whole(rng, 41, 90), rng.random() < 0.5
    if rng.random() < 0.5:
        n, m = m, n
    return ask(
        f"f takes {n} numbers and gives {m}. How many {'forward (JVP)' if forward else 'backward (VJP)'} passes does its whole Jacobian take?",
        n if forward else m,
        "A JVP gives a column, one for each input; a VJP gives a row, one for each output.",
        slip(m if forward else n, "That is the number for the other direction."),
        slip(m * n, "A pass gives a whole row or column.", "dual_jvp.one_pass_for_each_input"),
        slip(1, "One pass gives one row or column."),
        n=n, m=m, forward=forward,
    )  # fmt: skip


@kind("jvp_square", "catch_the_order", "vjp_inverse")
def change_of_a_square(rng):
    A, D = rng.integers(-3, 4, (2, 2)), rng.integers(-3, 4, (2, 2))
    return ask(
        f"A = {A.tolist()} moves in the direction D = {D.tolist()}. What is the first entry of the differential of A²?",
        (A @ D + D @ A)[0, 0],
        "A·D + D·A: matrices do not change places.",
        slip(2 * (A @ D)[0, 0], "As for numbers: but A·D is not D·A.", "jvp_square.as_for_numbers"),
        slip(2 * A[0, 0] * D[0, 0], "That is entry by entry.", "jvp_square.entry_by_entry"),
        slip((A @ D + D @ A + D @ D)[0, 0], "D·D is of second order.", "jvp_square.the_whole_change"),
        A=A, D=D,
    )  # fmt: skip


@kind("conv1d_valid", "vjp_conv1d")
def window_of_a_signal(rng):
    signal, kernel = [whole(rng, -4, 5) for _ in range(5)], [whole(rng, -3, 3) for _ in range(3)]
    at = pick(rng, 1, 2)
    window = np.array(signal[at : at + 3])
    return ask(
        f"The kernel {kernel} slides along the signal {signal} without turning around, as in a network. What is entry {at} of the result, counted from 0?",
        window @ np.array(kernel),
        f"The window {window.tolist()}, entry by entry times the kernel, added up.",
        slip(window @ np.array(kernel[::-1]), "That kernel is turned around.", "conv1d_valid.flips_the_kernel"),
        slip(window.sum(), "The kernel is missing.", "conv1d_valid.kernel_unused"),
        slip(np.array(signal[at - 1 : at + 2]) @ np.array(kernel), "That is the entry before."),
        signal=signal, kernel=kernel, at=at,
    )  # fmt: skip
