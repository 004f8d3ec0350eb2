"""Questions for another day on lesson 07: stations of a network, and what each sends back."""

import numpy as np

from .question import ask, kind, pick, shown, slip, whole


@kind("linear_forward", "linear_backward", "catch_the_batch", "recall_bias_gradient")
def gradients_of_a_layer(rng):
    x, u = [whole(rng, -4, 5) for _ in range(3)], [whole(rng, -4, 5) for _ in range(3)]
    bias = rng.random() < 0.5
    wanted = sum(u) if bias else int(np.dot(x, u))
    return ask(
        f"Three examples x = {x} go through y = w·x + b; the slopes of the loss by the three y are {u}. What is the slope of the loss by {'b' if bias else 'w'}?",
        wanted,
        "Each example adds its part: its upstream slope, for w times its x.",
        slip(wanted / 3, "The mean is in the upstream slopes already, if the loss has one: here they are added.", "linear_backward.db_mean" if bias else "linear_backward.dW_divided_by_m"),
        slip(int(np.dot(x, u)) if bias else sum(u), "That is the slope by the other one."),
        slip(3 if bias else sum(x), "What comes from upstream is missing.", "linear_backward.ignores_upstream"),
        slip(u[0] if bias else x[0] * u[0], "All examples count.", "linear_backward.db_not_summed", "catch_the_batch.one_example"),
        x=x, u=u, bias=bias,
    )  # fmt: skip


@kind("tanh_backward", "sigmoid_forward", "sigmoid_backward", "tanh", "elementwise")
def through_an_activation(rng):
    value, u, name = pick(rng, 0.2, 0.4, 0.6, 0.8), pick(rng, 2, 3, 5, -2, -4), pick(rng, "tanh", "sigmoid")
    tanh, sigmoid = u * (1 - value**2), u * value * (1 - value)
    return ask(
        f"A {name} gives {value}, and from above comes the slope {shown(u)}. Which slope goes down through it?",
        tanh if name == "tanh" else sigmoid,
        "The slope of tanh is 1 − t², that of the sigmoid s(1 − s), both by the value that came out.",
        slip(sigmoid, "That is the sigmoid's slope.", "tanh_backward.slope_of_the_sigmoid", "tanh.tanh_with_the_sigmoids_slope")
        if name == "tanh"
        else slip(tanh, "That is the slope of tanh."),
        slip((tanh if name == "tanh" else sigmoid) / u, "What comes from above is missing.", f"{name}_backward.ignores_upstream" + ("_of_tanh" if name == "tanh" else "")),
        slip(u * value, "That is times the value, not times the slope.", *([] if name == "tanh" else ["sigmoid_backward.times_the_value"])),
        slip(u * (1 - value), "A factor is missing.", *(["tanh_backward.square_missing", "tanh.tanh_square_missing"] if name == "tanh" else [])),
        value=value, u=u, name=name,
    )  # fmt: skip


@kind("relu_backward", "relu")
def through_a_relu(rng):
    z, u = pick(rng, -3, -2, -0.5, 0.5, 2, 3), pick(rng, -4, -2, 2, 5, 7)
    return ask(
        f"{shown(z)} goes into a relu, and from above comes the slope {shown(u)}. Which slope goes down through it?",
        u if z > 0 else 0,
        "The gate is open where the input is positive, and shut elsewhere, whatever the sign of what comes from above.",
        slip(0 if z > 0 else u, "The gate is the other way round.", "relu_backward.gate_reversed", "relu.relu_gate_reversed"),
        slip(u * z, "That is times the input.", "relu_backward.times_relu", "relu.relu_slope_is_the_value"),
        slip(1, "What comes from above is missing.", "relu_backward.ignores_upstream_of_relu"),
        z=z, u=u,
    )  # fmt: skip


@kind("bce_with_logits", "softmax_cross_entropy", "repaired_backward", "whose_gradient", "fnn_loss_and_grads")
def gradient_of_the_cross_entropy(rng):
    s, y, m = pick(rng, 0.1, 0.3, 0.6, 0.7, 0.9), pick(rng, 0, 1), pick(rng, 2, 4, 5)
    return ask(
        f"One of {m} examples has the label {y}, and its sigmoid gives {s}. What is the slope of the mean cross-entropy by its logit?",
        (s - y) / m,
        "(s − y)/m: the sigmoid's slope and the logarithm's cancel.",
        slip(s - y, "The mean divides by the number of examples.", "bce_with_logits.no_one_over_m", "softmax_cross_entropy.softmax_no_one_over_m", "fnn_loss_and_grads.sum_not_mean"),
        slip((y - s) / m, "The sign is turned around.", "bce_with_logits.sign", "fnn_loss_and_grads.sign"),
        slip((s - y) * s * (1 - s) / m, "The sigmoid's slope is in it already.", "bce_with_logits.extra_sigmoid_slope", "repaired_backward.unchanged", "fnn_loss_and_grads.extra_softmax_slope"),
        slip((s - y) / (s * (1 - s)) / m, "That is the slope by the probability.", "bce_with_logits.wrt_probability", "softmax_cross_entropy.wrt_probabilities"),
        slip(s / m, "The label is missing.", "softmax_cross_entropy.forgets_the_label", "fnn_loss_and_grads.labels_not_subtracted")
        if y
        else slip((s - 1) / m, "That is for the label 1."),
        s=s, y=y, m=m,
    )  # fmt: skip


@kind("fnn_forward", "fnn_backward", "fnn_scores", "what_backprop_does", "order_the_backward", "symmetry_report", "engine_gradients")
def through_a_network(rng):
    x, t, w2 = whole(rng, -4, 4), pick(rng, 0.2, 0.4, 0.6, 0.8), whole(rng, -5, 5)
    slope = w2 * (1 - t * t) * x
    return ask(
        f"out = w2·tanh(w1·x). At x = {shown(x)} the tanh gives {t}, and w2 = {shown(w2)}. What is the slope of out by w1?",
        slope,
        "Backward: w2, then the slope 1 − t² of the tanh, then x.",
        slip(w2 * x, "The slope of the tanh is missing.", "fnn_backward.no_hidden_derivative", "engine_gradients.slope_of_tanh_missing", "fnn_loss_and_grads.no_tanh_slope"),
        slip(w2 * t * (1 - t) * x, "That is a sigmoid's slope.", "fnn_backward.slope_of_a_sigmoid"),
        slip(w2 * (1 - t) * x, "The value is squared.", "fnn_loss_and_grads.slope_without_square"),
        slip(t, "That is the slope by w2."),
        slip((1 - t * t) * x, "On the way back lies w2."),
        x=x, t=t, w2=w2,
    )  # fmt: skip
