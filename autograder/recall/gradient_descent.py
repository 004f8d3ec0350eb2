"""Questions for another day on lesson 09: steps, learning rates, batches."""

from .question import ask, kind, pick, shown, slip, whole


@kind("gradient_descent", "descent_after", "wrong_note", "diagnose_curves")
def steps_down_a_bowl(rng):
    start, lam, eta = whole(rng, 2, 9) * pick(rng, -10, 10), pick(rng, 1, 2, 3), pick(rng, 0.1, 0.2, 0.4)
    return ask(
        f"Gradient descent on L = {lam}/2·θ² starts at θ = {shown(start)} with η = {eta}. Where is θ after two steps?",
        start * (1 - eta * lam) ** 2,
        "The gradient is λθ, so each step multiplies θ by 1 − ηλ.",
        slip(start * (1 - 2 * eta * lam), "The second step starts from a new point, with a smaller gradient.", "gradient_descent.stale_gradient", "descent_after.one_long_step"),
        slip(start * (1 + eta * lam) ** 2, "That goes uphill.", "gradient_descent.uphill", "descent_after.uphill"),
        slip(start * (1 - lam) ** 2, "η is missing.", "gradient_descent.without_eta"),
        slip(start * (1 - eta * lam), "That is after one step."),
        start=start, lam=lam, eta=eta,
    )  # fmt: skip


@kind("max_stable_eta", "optimal_eta", "lipschitz_constant", "condition_number", "convergence_rate", "eta_sweep")
def learning_rate_of_a_bowl(rng):
    flat, steep = whole(rng, 1, 4), pick(rng, 6, 8, 10, 16)
    stable = rng.random() < 0.5
    return ask(
        f"A bowl has the curvatures {flat} and {steep}. "
        + ("From which learning rate on does gradient descent no longer converge?" if stable else "Which learning rate shrinks both directions fastest?"),
        2 / steep if stable else 2 / (flat + steep),
        "Each direction shrinks by |1 − ηλ|: "
        + ("that is 1 at η = 2/λ for the larger λ." if stable else "both by the same at η = 2/(λ₁ + λ₂)."),
        slip(1 / steep, "That finishes the steepest direction in one step.", "max_stable_eta.one_over_L", "optimal_eta.one_over_L"),
        slip(2 / flat, "The steepest direction gives way first.", "max_stable_eta.from_the_flattest"),
        slip(2 / (flat + steep), "That is the fastest one.", "max_stable_eta.from_the_trace") if stable else slip(2 / steep, "That is the limit of what converges.", "optimal_eta.the_limit"),
        slip(steep / 2, "That is upside down.", "max_stable_eta.upside_down") if stable else slip(2 / (steep - flat), "The curvatures are added.", "optimal_eta.minus"),
        flat=flat, steep=steep, stable=stable,
    )  # fmt: skip


@kind("momentum", "momentum_matrix", "momentum_rate", "between_the_lines", "adam_step")
def step_of_a_heavy_ball(rng):
    theta, v, g = whole(rng, -5, 5), whole(rng, -4, 4), whole(rng, -6, 6)
    eta, beta = pick(rng, 0.1, 0.5), pick(rng, 0.5, 0.9)
    return ask(
        f"A heavy ball is at θ = {shown(theta)} with velocity {shown(v)}; the gradient there is {shown(g)}, η = {eta}, β = {beta}. Where is θ after the step?",
        theta + beta * v - eta * g,
        "The velocity becomes βv − ηg, and θ moves by the new one.",
        slip(theta - eta * g, "The velocity is forgotten.", "momentum.forgets_the_velocity", "momentum_rate.without_momentum"),
        slip(theta + v, "It turns before it moves.", "momentum.moves_before_it_turns"),
        slip(theta + v - eta * g, "The velocity loses a part to friction.", "momentum.without_friction"),
        slip(theta + beta * v + eta * g, "That pushes uphill.", "momentum.uphill", "adam_step.uphill"),
        slip(theta + beta * v - (1 - beta) * eta * g, "That is a running average.", "momentum.running_average"),
        theta=theta, v=v, g=g, eta=eta, beta=beta,
    )  # fmt: skip


@kind("combine_batches", "minibatches", "sgd_epoch", "catch_the_last_batch", "train_fnn")
def batches_together(rng):
    a, b = whole(rng, 4, 9), whole(rng, 1, 3)
    ga, gb = whole(rng, -6, 6), whole(rng, -6, 6)
    return ask(
        f"A batch of {a} examples has the mean gradient {shown(ga)}, the last one, of {b}, has {shown(gb)}. What is the mean gradient of all {a + b}?",
        (a * ga + b * gb) / (a + b),
        "Each batch counts as many times as it has examples.",
        slip((ga + gb) / 2, "The batches have different sizes.", "combine_batches.mean_of_means", "catch_the_last_batch.equal_sizes"),
        slip(a * ga + b * gb, "That is the sum.", "combine_batches.sum_not_mean"),
        slip((a * ga + b * gb) / 2, "Divide by the number of examples, not of batches.", "combine_batches.divides_by_batches"),
        slip((b * ga + a * gb) / (a + b), "The weights have changed places.", "combine_batches.weighs_upside_down"),
        a=a, b=b, ga=ga, gb=gb,
    )  # fmt: skip


@kind("classify_critical_point")
def kind_of_a_point(rng):
    a, c = whole(rng, -5, 5), whole(rng, -5, 5)
    b = whole(rng, -6, 6)
    det = a * c - b * b
    right = "not to be told" if det == 0 else "a saddle" if det < 0 else "a minimum" if a > 0 else "a maximum"
    options = ("a minimum", "a maximum", "a saddle", "not to be told")
    diagonal = "a minimum" if min(a, c) > 0 else "a maximum" if max(a, c) < 0 else "a saddle"
    why = {
        "a minimum": "Then all curvatures would be positive.",
        "a maximum": "Then all curvatures would be negative.",
        "a saddle": "Then there would be curvatures of both signs.",
        "not to be told": "Then no curvature would decide: one would be 0, and none of the other sign.",
    }
    marks = {option: () for option in options}
    if diagonal != right:
        marks[diagonal] = ("classify_critical_point.looks_at_the_diagonal",)
    return ask(
        f"The gradient is 0, and the Hessian is [[{shown(a)}, {shown(b)}], [{shown(b)}, {shown(c)}]]. What is there?",
        right,
        f"The curvatures multiply to the determinant, {shown(det)}, and add up to the trace, {shown(a + c)}.",
        *(slip(option, why[option], *marks[option]) for option in options if option != right),
        options=options,
        a=a, b=b, c=c,
    )  # fmt: skip


@kind("backtracking_line_search")
def low_enough(rng):
    start, g, eta, c = whole(rng, 20, 60), pick(rng, 3, 4, 5), pick(rng, 0.25, 0.5), pick(rng, 0.1, 0.5)
    return ask(
        f"f(θ) = {start}, the gradient there has the length {g}, c = {c}. How low must f be after the step η = {eta} to pass the line search?",
        start - c * eta * g * g,
        "At least by c·η·|g|²: a share c of what the slope promises.",
        slip(start, "Any decrease would be too little.", "backtracking_line_search.any_decrease"),
        slip(start + c * eta * g * g, "The line goes down.", "backtracking_line_search.line_above"),
        slip(start - c * eta * g, "The length is squared.", "backtracking_line_search.length_not_squared"),
        slip(start - eta * g * g, "A share c of that is enough."),
        start=start, g=g, eta=eta, c=c,
    )  # fmt: skip
