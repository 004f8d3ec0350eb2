"""Questions for another day on lesson 10: scaling, first losses, prices on weights."""

import math

from .question import ask, kind, pick, shown, slip, whole


@kind("fit_standardizer", "standardize", "find_the_leak", "catch_the_leak")
def standardised_value(rng):
    mean, spread, k = whole(rng, 10, 50), pick(rng, 2, 4, 5), pick(rng, -3, -2, 2, 3)
    leaked = mean + whole(rng, 1, 4)
    return ask(
        f"The training set has the mean {mean} and the standard deviation {spread}, the test set the mean {leaked}. "
        f"What becomes of the test value {mean + k * spread} when it is standardised?",
        k,
        "Mean and spread are those of the training set, for both sets.",
        slip((mean + k * spread - leaked) / spread, "The test set's own mean tells of the test set.", "standardize.each_by_itself", "standardize.leaks_the_test_set"),
        slip(k / spread, "That is divided by the variance.", "standardize.divides_by_the_variance", "fit_standardizer.variance"),
        slip((mean + k * spread) / spread, "The mean is taken off first.", "standardize.without_the_mean"),
        slip(k * spread, "That is not divided by the spread.", "fit_standardizer.no_spread_below_one"),
        mean=mean, spread=spread, k=k, leaked=leaked,
    )  # fmt: skip


@kind("sanity_checks", "init_fnn")
def loss_at_the_start(rng):
    k = whole(rng, 3, 20)
    return ask(
        f"A network that tells {k} classes apart has just been started with small weights. What is its cross-entropy, about?",
        math.log(k),
        f"It gives each class about the share 1/{k}, and −ln(1/{k}) = ln {k}.",
        slip(math.log2(k), "That is the logarithm to base 2.", "sanity_checks.logarithm_to_base_two"),
        slip(math.log10(k), "That is the logarithm to base 10."),
        slip(1 / k, "That is the share."),
        slip(0, "It would be 0 if it were sure and right.", "sanity_checks.too_small_passes"),
        k=k,
    )


@kind("accuracy", "penguin_classifier", "digit_classifier")
def share_of_right_answers(rng):
    scores = rng.permutation([1, 2, 3, 4, 5, 6, 7, 8]).reshape(4, 2)
    labels = [pick(rng, 0, 1) for _ in range(4)]
    right = sum(int(row.argmax() == y) for row, y in zip(scores, labels))
    return ask(
        f"Two scores for each of four examples: {scores.tolist()}. Their classes are {labels}. What is the accuracy?",
        right / 4,
        "The larger score names the class; count what is right, and divide by the number of examples.",
        slip(float(right), "That is the number of right ones.", "accuracy.counts"),
        slip(1 - right / 4, "That is the share of wrong ones.", "accuracy.share_wrong", "accuracy.smallest_wins"),
        slip(100 * right / 4, "That is in per cent.", "accuracy.percent"),
        slip(right / 8, "There are four examples, not eight.", "accuracy.divides_by_all"),
        scores=scores,
        labels=labels,
    )


@kind("decaying_sgd")
def two_decaying_steps(rng):
    theta, a, b, tau = whole(rng, 6, 9), whole(rng, 1, 3), whole(rng, -5, -1), pick(rng, 2, 3, 4)
    eta0 = pick(rng, 0.5, 0.8)
    end = lambda first, second: theta + first * (a - theta) + second * (b - theta - first * (a - theta))
    second = eta0 / (1 + 1 / tau)
    return ask(
        f"The loss of an example x is (θ − x)²/2, and step t = 0, 1, … has the learning rate {eta0}/(1 + t/{tau}). "
        f"From θ = {theta} you take a step for x = {a}, then one for x = {b}. Where is θ?",
        end(eta0, second),
        f"The rates are {eta0} and {eta0}/(1 + 1/{tau}), and the second gradient is taken where the first step ended.",
        slip(end(eta0, eta0), "The learning rate falls from step to step.", "decaying_sgd.constant_rate"),
        slip(end(second, eta0 / (1 + 2 / tau)), "The first step is step 0.", "decaying_sgd.counts_from_one"),
        slip(end(eta0, eta0 / (1 + tau)), "t is divided by τ.", "decaying_sgd.multiplies_by_tau"),
        slip(end(eta0 * tau, eta0 * tau / 2), "Only t is divided by τ, not the 1.", "decaying_sgd.divides_the_one"),
        slip(end(-eta0, -second), "That walks uphill.", "decaying_sgd.uphill"),
        slip(theta + eta0 * (a - theta) + second * (b - theta), "The second gradient belongs to where the first step ended.", "decaying_sgd.all_at_the_start"),
        theta=theta, a=a, b=b, tau=tau, eta0=eta0,
    )  # fmt: skip


@kind("decaying_sgd")
def rate_after_three_steps(rng):
    eta0, tau = pick(rng, 0.6, 1.2, 2.4), pick(rng, 1, 2, 3)
    return ask(
        f"A learning rate falls as {eta0}/(1 + t/{tau}). What is it in step t = 3?",
        eta0 / (1 + 3 / tau),
        "It is computed from the first one anew.",
        slip(eta0 / (1 + 1 / tau) / (1 + 2 / tau) / (1 + 3 / tau), "Each rate is a part of the first, not of the one before.", "decaying_sgd.divided_again_and_again"),
        slip(eta0, "It falls.", "decaying_sgd.constant_rate"),
        eta0=eta0, tau=tau,
    )  # fmt: skip


@kind("ridge")
def price_of_a_weight(rng):
    slope, weight, alpha = whole(rng, -6, 6), whole(rng, -4, 4), pick(rng, 0.1, 0.5, 2)
    return ask(
        f"Without a price the loss has the slope {shown(slope)} in a weight of {shown(weight)}. What is it with ridge and α = {alpha}?",
        slope + 2 * alpha * weight,
        "The price is α·w², and its slope 2αw.",
        slip(slope + alpha * weight, "The 2 of the square is missing.", "ridge.factor_two_missing"),
        slip(slope - 2 * alpha * weight, "It is a price, not a reward.", "ridge.reward"),
        slip(slope + alpha * weight**2, "That adds the price itself."),
        slip(slope, "The price has a slope, too."),
        slope0=slope, weight=weight, alpha=alpha,
    )  # fmt: skip
