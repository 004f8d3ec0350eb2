"""Questions for another day on lesson 08: graphs, broadcasting backward, dual numbers, checkpoints."""

from .question import ask, kind, shown, slip, whole


@kind(
    "add",
    "mul",
    "operators",
    "topological_order",
    "backward",
    "zero_grad",
    "which_line_is_wrong",
    "catch_the_overwriting",
    "recall_accumulation",
)
def used_twice(rng):
    x, y, k = whole(rng, 2, 9), whole(rng, 2, 9), whole(rng, 2, 5)
    return ask(
        f"out = x·y + {k}·x, at x = {x}, y = {y}. What gradient does a backward sweep leave at x?",
        y + k,
        f"x is used twice, and both uses add their part: y from the product, {k} from the other one.",
        slip(k, "The part of x·y was overwritten.", "backward.overwrites", "catch_the_overwriting.each_number_once"),
        slip(y, "The other use counts, too."),
        slip(x + k, "The slope of x·y by x is y.", "mul.slopes_exchanged"),
        slip(y * k, "The two uses are added."),
        slip(2 * (y + k), "That is after two sweeps without zero_grad between them.", "recall_accumulation.option_a"),
        x=x, y=y, k=k,
    )  # fmt: skip


@kind("unbroadcast", "tensor_add", "tensor_mul", "tensor_sum", "tensor_mean", "tensor_matmul", "tensor_transpose")
def back_through_a_broadcast(rng):
    rows, columns, u = whole(rng, 2, 9), whole(rng, 2, 9), whole(rng, 2, 7)
    mean = rng.random() < 0.3
    if mean:
        return ask(
            f"The mean of a table of {rows} by {columns} numbers gets the upstream slope {u * rows * columns}. What slope does each entry get?",
            u,
            "Each entry moves the mean by its share.",
            slip(u * rows * columns, "That is a sum's.", "tensor_mean.mean_is_a_sum", "tensor_mean.mean_without_one_over_n"),
            slip(1 / (rows * columns), "What comes from above is missing.", "tensor_mean.mean_ignores_upstream"),
            rows=rows, columns=columns, u=u, mean=mean,
        )  # fmt: skip
    return ask(
        f"b, of the shape ({columns},), is added to a table of the shape ({rows}, {columns}). "
        f"From above comes {u} for every entry. What is each entry of b's gradient?",
        rows * u,
        "Each entry of b went into every row, so what comes back from all rows is added.",
        slip(u, "All rows count.", "unbroadcast.first_copy", "unbroadcast.mean_of_the_copies", "tensor_add.add_without_unbroadcast"),
        slip(columns * u, "An entry of b stands in every row, not in every column.", "unbroadcast.sums_the_last_axes"),
        slip(rows * columns * u, "That is added over all entries."),
        rows=rows, columns=columns, u=u, mean=mean,
    )  # fmt: skip


@kind("dual_mul", "dual_apply")
def product_of_duals(rng):
    a, da, b, db = whole(rng, 2, 6), whole(rng, -4, 4), whole(rng, 2, 6), whole(rng, -4, 4)
    return ask(
        f"Two dual numbers: value {a} with slope {shown(da)}, value {b} with slope {shown(db)}. What is the slope of their product?",
        a * db + da * b,
        "(a + a′τ)(b + b′τ) = ab + (ab′ + a′b)τ, because τ² is 0.",
        slip(da * db, "That stands at τ², which is 0.", "dual_mul.product_of_the_slopes"),
        slip(da + db, "That is the slope of the sum.", "dual_mul.slope_of_a_sum"),
        slip(a * db, "One part is missing.", "dual_mul.drops_a_slope"),
        slip(a * b, "That is the product's value."),
        a=a, da=da, b=b, db=db,
    )  # fmt: skip


@kind("checkpoint_cost")
def chain_with_checkpoints(rng):
    keep, segments = whole(rng, 3, 7), whole(rng, 3, 7)
    n = keep * segments
    return ask(
        f"A chain of {n} layers keeps one in {keep} of the values that enter its layers, the first included. How many evaluations of layers are done again on the way back, "
        "each segment once, up to the value that enters its last layer?",
        n - segments,
        f"{segments} segments, in each {keep - 1} values that were not kept.",
        slip(n, "The value that enters a segment was kept.", "checkpoint_cost.checkpoint_twice"),
        slip(2 * n - segments, "That counts the forward pass, too."),
        slip(keep - 1, "That is one segment."),
        keep=keep, segments=segments,
    )  # fmt: skip
