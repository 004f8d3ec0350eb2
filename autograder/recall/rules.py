"""Questions for another day on lesson 01b: products, quotients, functions of functions."""

from .question import ask, kind, pick, shown, slip, whole


@kind("product_slope", "wrong_step_of_the_product", "catch_the_products", "bell_wave_slope", "quotient_slope")
def slope_of_a_product_or_quotient(rng):
    f, df, g, dg = whole(rng, 2, 6), whole(rng, -5, 5), whole(rng, 2, 6), whole(rng, -5, 5)
    divided = rng.random() < 0.5
    text = f"At some x: f = {f}, f′ = {shown(df)}, g = {g}, g′ = {shown(dg)}. What is the slope of {'f/g' if divided else 'f·g'} there?"
    numbers = {"f": f, "df": df, "g": g, "dg": dg, "divided": divided}
    if divided:
        return ask(
            text,
            (df * g - f * dg) / g**2,
            "(f′g − fg′)/g².",
            slip(df / dg, "A quotient's slope is not the quotient of the slopes.", "quotient_slope.quotient_of_slopes"),
            slip((f * dg - df * g) / g**2, "The order is turned around: f′g comes first.", "quotient_slope.order_flipped"),
            slip((df * g + f * dg) / g**2, "A denominator that grows makes the quotient smaller.", "quotient_slope.parts_added"),
            slip((df * g - f * dg) / g, "The denominator is squared.", "quotient_slope.square_forgotten"),
            **numbers,
        )
    return ask(
        text,
        df * g + f * dg,
        "Each factor grows while the other one stands: f′g + fg′.",
        slip(df * dg, "A product's slope is not the product of the slopes.", "product_slope.product_of_slopes", "bell_wave_slope.product_of_slopes"),
        slip(df + dg, "That is the slope of f + g.", "product_slope.sum_of_slopes"),
        slip(df * g, "g grows, too.", "product_slope.only_f_grows"),
        slip(f * dg, "f grows, too.", "product_slope.only_g_grows", "bell_wave_slope.bell_stands_still"),
        slip(df * g - f * dg, "Both strips are added.", "product_slope.strips_subtracted"),
        slip(f * df + g * dg, "Each slope is multiplied by the other function.", "product_slope.own_side"),
        **numbers,
    )  # fmt: skip


@kind("chain_slope", "cosine_gradient")
def slope_of_a_chain(rng):
    a, b, x = whole(rng, 2, 5), whole(rng, -4, 4), whole(rng, 1, 4)
    return ask(
        f"What is the slope of ({a}x + {b})² at x = {x}?".replace("+ -", "− "),
        2 * (a * x + b) * a,
        "The slope of the outer function at the inner value, times the inner slope.",
        slip(2 * (a * x + b), "The inner slope is missing.", "chain_slope.inner_factor_forgotten", "bell_wave_slope.three_forgotten"),
        slip(2 * x * a, "The outer slope is taken at the inner value, not at x.", "chain_slope.outer_slope_at_x"),
        slip(2 * a, "The outer slope 2u is taken at the inner value.", "chain_slope.slopes_nested"),
        a=a, b=b, x=x,
    )  # fmt: skip


@kind("slope_as_a_function")
def lowest_place(rng):
    a, k = whole(rng, 2, 9), pick(rng, 2, 3, 4)
    return ask(
        f"f′(x) = {k}x − {k * a}. At which x is f lowest?",
        a,
        "Left of it f′ is negative and f falls, right of it f rises; at the bottom f′ is 0.",
        slip(0, "There f′ is negative: f still falls."),
        slip(-k * a, "That is the slope at x = 0."),
        slip(k, "That is how fast the slope grows."),
        a=a, k=k,
    )  # fmt: skip
