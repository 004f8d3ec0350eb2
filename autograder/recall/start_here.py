"""Questions for another day on lesson 00: shapes, places in memory, floats."""

from .question import ask, kind, pick, shown, slip, whole


@kind("describe_array", "wrong_sentence_about_shapes", "true_of_a_tensor")
def number_of_axes(rng):
    shape = tuple(whole(rng, 2, 7) for _ in range(pick(rng, 2, 3, 4)))
    size = 1
    for length in shape:
        size *= length
    return ask(
        f"An array has the shape {shape}. What is its ndim?",
        len(shape),
        "Each entry of the shape is the length of one axis, so ndim is the number of entries.",
        slip(size, "That is the size, the number of entries.", "describe_array.length_as_size"),
        slip(shape[0], "That is len(a), the length of the first axis.", "describe_array.length_as_axes"),
        shape=shape,
    )


@kind("flat_position", "basis_vector", "flatten_jacobian", "unflatten_jacobian", "tensor_reshape")
def place_in_memory(rng):
    rows, columns = whole(rng, 3, 6), whole(rng, 3, 6)
    i, j = whole(rng, 1, rows - 1), whole(rng, 1, columns - 1)
    return ask(
        f"X has the shape ({rows}, {columns}). At which position of X.ravel(), counted from 0, does X[{i}, {j}] stand?",
        i * columns + j,
        f"Row by row: {i} whole rows of {columns} entries come before it, and {j} entries of its own row.",
        slip(j * rows + i, "That goes down the columns. NumPy goes row by row.", "flat_position.option_d", "flatten_jacobian.column_order"),
        slip(i * columns + j + 1, "That counts from 1.", "basis_vector.one_based"),
        slip(i * rows + j, "A row is as long as there are columns."),
        rows=rows, columns=columns, i=i, j=j,
    )  # fmt: skip


@kind("machine_epsilon")
def gap_between_floats(rng):
    power = whole(rng, 4, 12)
    return ask(
        f"The next float64 after 1 is 2.2e-16 away. How many times as far is it from {2**power} to the next one?",
        2**power,
        "The gap is in proportion to the number, up to a factor 2; at a power of 2 it is exactly that multiple.",
        slip(1, "The number of digits stays the same, not the gap."),
        slip(power, f"That is the exponent: {2**power} is 2 to the power {power}."),
        slip(2.0**-power, "Larger numbers have larger gaps."),
        power=power,
    )


@kind("relative_error", "catch_one_sided", "gradcheck")
def relative_distance(rng):
    a, b = 10 * whole(rng, 1, 9), 10 * whole(rng, 10, 19)
    if rng.random() < 0.5:
        a, b = b, a
    return ask(
        f"What is the relative error of the numbers {a} and {b}, as this course measures it: relative to the larger of them?",
        abs(a - b) / max(a, b),
        f"Their distance {abs(a - b)}, divided by the larger of the two.",
        slip(abs(a - b), "That is the absolute error.", "relative_error.absolute", "gradcheck.absolute_error"),
        slip(abs(a - b) / min(a, b), "That is divided by the smaller one.", "relative_error.divides_by_the_" + ("first" if a < b else "second")),
        slip(abs(a - b) / (a + b), "That is divided by their sum.", "relative_error.divides_by_the_sum", "gradcheck.sum_of_the_norms"),
        a=a, b=b,
    )  # fmt: skip


@kind("gradient_label")
def escaped_letters(rng):
    word = pick(rng, "theta", "beta", "nabla", "frac", "tanh", "rho", "nu", "tau")
    return ask(
        f'How many characters has the string "\\{word}", written without an r before it?',
        len(word),
        f'"\\{word[0]}" is one character, an escape sequence; the other {len(word) - 1} follow. With r before it the backslash stays.',
        slip(len(word) + 1, "So many it has with an r before it.", "gradient_label.not_raw"),
        slip(len(word) - 1, "The escape sequence is a character, too."),
        word=word,
    )


@kind("recall_broadcast", "mse")
def broadcast_size(rng):
    m = whole(rng, 3, 12)
    return ask(
        f"y has the shape ({m},) and p the shape ({m}, 1). How many entries has y - p?",
        m * m,
        f"Shapes are compared from the right: ({m},) becomes a row, (1, {m}), and row and column make a table. An error like that is silent.",
        slip(m, "That would hold if both had the shape (" + shown(m) + ",).", "mse.silently_broadcasts"),
        slip(2 * m, "They are not put one behind the other."),
        m=m,
    )
