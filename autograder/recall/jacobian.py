"""Questions for another day on lesson 05: Jacobians, chains of them, and softmax."""

import numpy as np

from .question import ask, kind, pick, shown, slip, whole


@kind("jacobian", "shape_for_scalar_input", "wrong_line_of_the_layout", "jacobian_elementwise", "hunt_shapes")
def shape_of_a_jacobian(rng):
    n, m = whole(rng, 2, 5), whole(rng, 6, 9)
    if rng.random() < 0.5:
        n, m = m, n
    return ask(
        f"f takes {n} numbers and gives {m}. What shape has its Jacobian?",
        f"({m}, {n})",
        "A row for each output, a column for each input.",
        slip(f"({n}, {m})", "That is the other layout: here outputs are rows.", "jacobian.denominator_layout"),
        slip(f"({n},)", "Each output has a slope by each input.", "jacobian.sum_of_outputs"),
        slip(f"({m},)", "Each output has a slope by each input.", "jacobian.moves_all_inputs"),
        options=(f"({m},)", f"({n},)", f"({m}, {n})", f"({n}, {m})"),
        n=n, m=m,
    )  # fmt: skip


@kind("softmax", "softmax_jacobian", "wrong_line_of_softmax", "vjp_softmax", "genjac_softmax_rows")
def softmax_slope(rng):
    s = pick(rng, (0.2, 0.3, 0.5), (0.1, 0.3, 0.6), (0.1, 0.2, 0.7), (0.6, 0.25, 0.15))
    i, j = pick(rng, (1, 2), (1, 1), (2, 3), (3, 3), (3, 1))
    a, b = s[i - 1], s[j - 1]
    slips = (
        (
            slip(a, "That is the share itself."),
            slip(-a * a, "The share also grows with its own score.", "softmax_jacobian.diagonal_term_missing"),
            slip(a * (1 + a), "The square is subtracted.", "softmax_jacobian.plus_instead_of_minus"),
        )
        if i == j
        else (
            slip(0, "A higher score takes from all other shares.", "softmax_jacobian.only_its_diagonal", "vjp_softmax.diagonal_only"),
            slip(a * b, "The other shares become smaller.", "softmax_jacobian.plus_instead_of_minus"),
            slip(a * (1 - a), "That is the slope by its own score."),
        )
    )
    return ask(
        f"A softmax gives the shares {s}. What is the slope of share {i} by score {j}?",
        a * (1 - a) if i == j else -a * b,
        "sᵢ(δᵢⱼ − sⱼ).",
        *slips,
        s=s, i=i, j=j,
    )  # fmt: skip


@kind("chain", "chain_many", "contract")
def entry_of_a_chain(rng):
    inner, outer = rng.integers(-4, 5, (2, 2)), rng.integers(-4, 5, (2, 2))
    return ask(
        f"f has the Jacobian {inner.tolist()}, g after it {outer.tolist()}. What is the entry of the first row and second column for g(f(x))?",
        (outer @ inner)[0, 1],
        "The outer Jacobian stands on the left: its first row times the second column of the inner one.",
        slip((inner @ outer)[0, 1], "The order is turned around.", "chain.reversed_order", "chain_many.from_the_end"),
        slip((outer * inner)[0, 1], "That is entry by entry.", "chain.entry_by_entry", "chain_many.entry_by_entry_throughout"),
        slip((outer @ inner)[1, 0], "That is the entry on the other side.", "chain.transposed", "chain_many.transposed_product"),
        slip((outer + inner)[0, 1], "Slopes along a chain are multiplied.", "chain.added"),
        inner=inner, outer=outer,
    )  # fmt: skip


@kind("jvp", "catch_the_wrong_side", "warm_up_upstream", "dot_product_test", "recall_two_parts")
def backward_or_forward(rng):
    J, v = rng.integers(-4, 5, (2, 2)), rng.integers(-3, 4, 2)
    forward = rng.random() < 0.5
    on, off = (J @ v)[0], (v @ J)[0]
    names = ("the JVP in the direction v", "the VJP with v upstream")
    return ask(
        f"The Jacobian is {J.tolist()}, and v = {v.tolist()}. What is the first entry of {names[not forward]}?",
        on if forward else off,
        "A JVP is J·v, rows times v; a VJP is vᵀ·J, v times columns.",
        slip(off if forward else on, f"That is {names[forward]}.", *([] if forward else ["catch_the_wrong_side.symmetric"])),
        slip(J[0, 0] * v[0], "All entries of v count.", "catch_the_wrong_side.diagonal"),
        slip(J[0].sum() if forward else J[:, 0].sum(), "v is missing.", "warm_up_upstream.option_a"),
        J=J, v=v, forward=forward,
    )  # fmt: skip


@kind("hessian", "hvp", "forward_over_reverse", "catch_the_symmetry")
def hessian_times_a_direction(rng):
    a, b, c = whole(rng, 1, 5), whole(rng, -5, 5), whole(rng, 1, 5)
    v = np.array([whole(rng, -3, 3), whole(rng, -3, 3)])
    return ask(
        f"f(x, y) = {a}x² + {b}xy + {c}y². What is the first entry of its Hessian times v = {v.tolist()}?".replace("+ -", "− "),
        2 * a * v[0] + b * v[1],
        f"The Hessian's first row is ({2 * a}, {shown(b)}).",
        slip(2 * a * v[0], "The mixed partial derivative counts, too.", "hvp.diagonal_times_v", "hessian.only_pure_second_partials"),
        slip(a * v[0] + b * v[1], "Twice differentiated, x² leaves a 2."),
        slip(2 * a * v[0] + 2 * b * v[1], "xy leaves b once in each place off the diagonal."),
        slip(2 * a + b, "v is missing.", "forward_over_reverse.along_ones"),
        a=a, b=b, c=c, v=v,
    )  # fmt: skip
