# %% [markdown]
# # 1b · The rules of differentiation
#
# **The question:** how do you find a derivative without taking a limit each time?
#
# Lesson 1 found one derivative, line by line. Nobody does that for $e^{-x^2}\sin 3x$. A few rules take such a function apart, and
# each rule is a small picture. All later lessons use them, and backpropagation is one of them, applied over and over.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# You need: the derivative as a limit, from [lesson 1](../01_derivative/01_derivative.ipynb).
#
# You will be able to: say where the product rule and the chain rule come from, differentiate what is made of powers, exp, log and sine,
# and tell the ways in which a function can lack a derivative.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import chain_explorer, microscope, product_explorer

# %% [markdown]
# ## Warm-up
#
# For $f(x) = x^2$ the difference quotient is $\big((x+h)^2 - x^2\big)/h$. Simplify it on paper until no division is left, and let $h \to 0$.
# Then run the cell: the quotient for three steps at $x = 3$. Does your formula give what they tend to?

# %%
h = np.array([0.1, 0.01, 0.001])
((3 + h) ** 2 - 3**2) / h

# %% [markdown]
# ## f′ is a function
#
# **In a sentence.** Take the derivative at every $x$, and you have a new function, $f'$: it tells the slope of $f$ wherever you ask.
#
# **As a formula.** For $f(x) = x^2$ the warm-up gives $f'(x) = 2x$, for every $x$ at once.
#
# **As a number.** $f'(3) = 6$ is one value of it. So is $f'(-1) = -2$: there the curve falls.
#
# The *value* of $f'$ is the *slope* of $f$. Where a smooth $f$ has a valley, its slope is 0, so $f'$ is 0 there. How high the curve is says nothing
# about $f'$: $x^2$ and $x^2 + 100$ have the same derivative.

# %% [markdown]
# ## Which one is f′?
#
# A smooth curve falls until $x = 2$, has its only valley there, at height $-1$, and rises afterwards. It is level nowhere else. Which sentence about $f'$ is true?
#
# - a) $f'$ has its smallest value at $x = 2$.
# - b) $f'$ is negative before $x = 2$, 0 at $x = 2$ and positive after it.
# - c) $f'(2) = -1$.
# - d) $f'$ is negative wherever $f$ is negative.

# %% exercise="slope_as_a_function"
def slope_as_a_function():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# ## Sums and constant factors
#
# The quotient of $f + g$ is the quotient of $f$ plus that of $g$, and a constant factor stands in front of every line. So
#
# $$(f + g)' = f' + g', \qquad (c f)' = c f', \qquad c' = 0.$$
#
# Products are another matter.

# %% [markdown]
# ## Invent it: the slope of a product
#
# Before you read on: at one place $f$ and $g$ have the values `f`, `g` and the slopes `df`, `dg`. Write the slope of $f \cdot g$ there, any way you like. Nobody checks this
# cell. The example is $x \cdot x^2$ at $x = 2$, and the second print measures what you are after.

# %%
def slope_of_a_product(f, df, g, dg):
    return ...  # yours


print(slope_of_a_product(2.0, 1.0, 4.0, 4.0))
print(((2 + 1e-6) ** 3 - 2**3) / 1e-6)

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is 12.
#
# - `df * dg` gives 4, and `df + dg` gives 5. Both forget how large $f$ and $g$ are.
# - `f * df + g * dg` gives 18: each slope has met its own function.
#
# Which slope goes with which value? The picture below tells.
#
# </details>

# %% [markdown]
# ## Predict first
#
# A rectangle has the sides $f = 3$ and $g = 2$. Both grow: $f$ by 1 for each unit of $x$, and $g$ by 0.5. Draw it before
# you choose.

# %%
predict("product", r"How fast does the area $f \cdot g$ grow at this moment, for each unit of $x$?", {
    "0.5": r"0.5 is $1 \cdot 0.5$, the product of the slopes. The area grows by 3.5: look at the picture, where the strips are far larger than the corner.",
    "1.5": r"1.5 is $1 + 0.5$, the sum of the slopes. But a long side that moves sweeps more area than a short one: $2 \cdot 1 + 3 \cdot 0.5 = 3.5$.",
    "3.5": r"Yes. The side $g = 2$ is moved out at the rate 1, the side $f = 3$ at the rate 0.5: $2 \cdot 1 + 3 \cdot 0.5 = 3.5$.",
})

# %% [markdown]
# ## Look
#
# The area is $f \cdot g$. A step $h =$ 0.5<!-- drag --> makes the sides longer by $df$ and $dg$, and the area gains two strips and a corner. Move $h$ to the
# left, to small steps, and watch the right-hand picture: which part, divided by $h$, goes on falling while the others settle?

# %%
product_explorer()

# %% [markdown]
# ## The product rule
#
# **In a sentence.** The slope of a product is the slope of the first times the second, plus the first times the slope of the second.
#
# **As a formula.** $(f g)' = f' g + f g'$.
#
# **As a number.** $3 \cdot 2$ with the slopes 1 and 0.5: $\;1 \cdot 2 + 3 \cdot 0.5 = 3.5$.
#
# **Where it comes from.** Write $df = f(x+h) - f(x)$ and $dg = g(x+h) - g(x)$. The change of the area is
#
# $$(f + df)(g + dg) - f g = df\, g + f\, dg + df\, dg.$$
#
# Divide by $h$. The strips become $f' g$ and $f g'$ in the limit. The corner becomes $\dfrac{df}{h}\, dg$, and $dg$ tends to 0: the corner goes.

# %% [markdown]
# ## Worked example: x² sin x
#
# | step | line | why |
# |---|---|---|
# | 1 | $f = x^2$, $\;g = \sin x$ | name the two sides |
# | 2 | $f' = 2x$, $\;g' = \cos x$ | their slopes |
# | 3 | $2x \cdot \sin x + x^2 \cdot \cos x$ | each slope times the *other* side |
#
# A rule that was applied by hand is tested like a derivation: with numbers. The quotient of $x^2 \sin x$ at $x = 2$ with a small step
# must be near line 3.

# %%
x, h = 2.0, 1e-6
np.array([((x + h)**2 * np.sin(x + h) - x**2 * np.sin(x)) / h, 2 * x * np.sin(x) + x**2 * np.cos(x)])


# %% exercise="product_slope"
def product_slope(f, fprime, g, gprime, x):
    """The slope of the product f·g at x.

    f and g are functions of one number; fprime and gprime are their derivatives.
    x is a number or an array of numbers; the answer has the shape of x.

    >>> product_slope(lambda x: x, lambda x: 1.0, lambda x: x**2, lambda x: 2 * x, 2.0)
    12.0
    """
    ### BEGIN SOLUTION
    return fprime(x) * g(x) + f(x) * gprime(x)
    ### END SOLUTION

# %% [markdown]
# ## Find the wrong step
#
# Somebody proves that the slope of a product is the product of the slopes. It is not: for $f = g = x$ that would make the slope of $x^2$
# equal to 1 everywhere. One of the four steps is wrong, the others hold. $\Delta f$ is short for $f(x+h) - f(x)$, and $f$ and $g$ are any
# functions with a derivative at $x$.
#
# - a) $(fg)'$ is the limit of $\dfrac{\Delta(fg)}{h}$ for $h \to 0$.
# - b) $\Delta(fg) = (f + \Delta f)(g + \Delta g) - f g$.
# - c) $\dfrac{\Delta(fg)}{h} = \dfrac{\Delta f}{h} \cdot \dfrac{\Delta g}{h}$.
# - d) The limit of $\dfrac{\Delta f}{h} \cdot \dfrac{\Delta g}{h}$ is $f' g'$, because both factors have a limit.

# %% exercise="wrong_step_of_the_product"
def wrong_step_of_the_product():
    """The letter of the wrong step: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# ## Powers, from the growing square
#
# $x^2$ is a product of two equal sides: two strips of $1 \cdot x$, so $(x^2)' = 2x$. $x^3 = x^2 \cdot x$ is one product more:
# $2x \cdot x + x^2 \cdot 1 = 3x^2$. Each further factor adds one $x^{n-1}$, so
#
# $$(x^n)' = n\, x^{n-1}.$$
#
# The rule holds for every exponent $p$, as far as $x^p$ and $x^{p-1}$ are defined around $x$ (you will see why for $x > 0$ below): $\;(\sqrt{x})' = \tfrac12 x^{-1/2}$, $\;(1/x)' = -1/x^2$.

# %% [markdown]
# ## Invent it: the slope of a chain
#
# Before you read on: write the slope of $f(g(x))$ at $x$ from $f$, $g$ and their derivatives. Nobody checks this cell. The example is $(x^3)^2$ at $x = 2$.

# %%
def slope_of_a_chain(f, fprime, g, gprime, x):
    return ...  # yours


print(slope_of_a_chain(lambda u: u**2, lambda u: 2 * u, lambda x: x**3, lambda x: 3 * x**2, 2.0))
print(((2 + 1e-6) ** 6 - 2**6) / 1e-6)

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is 192.
#
# - `fprime(x) * gprime(x)` gives 48: the outer slope was taken at $x$, and the outer function is given $g(x)$.
# - `fprime(gprime(x))` gives 24, and `fprime(g(x))` gives 16: the inner slope was put into $f'$, or left out.
# - `fprime(g(x)) + gprime(x)` gives 28: it adds what ought to multiply.
#
# </details>

# %% [markdown]
# ## Predict again
#
# Gears: when $x$ turns by 1, $u$ turns by 2; when $u$ turns by 1, $y$ turns by 3.

# %%
predict("chain", "How much does $y$ turn for each turn of $x$?", {
    "5": "5 is $2 + 3$. But the 2 turns of $u$ are each worth 3 of $y$: the factors multiply.",
    "6": "Yes: 2 turns of $u$, each of them worth 3 of $y$. Rates along a chain multiply.",
    "3": "3 is what one turn of $u$ does to $y$. One turn of $x$ is two turns of $u$.",
})

# %% [markdown]
# ## Three number lines
#
# $y = f(g(x))$ is a chain: $x$ goes to $u = g(x)$, and $u$ goes to $y = f(u)$. Each arrow stretches a small step by a factor of its own.
# In the picture below one scale is used for all three lines, so that you can see the stretching.
#
# The step is $h =$ 0.5<!-- drag --> at first. Make it small, then choose sin of $x^2$ and $x = 1.5$. Two lines lie in the right-hand picture. Which of them does $dy/h$ run into?

# %%
chain_explorer()

# %% [markdown]
# ## The chain rule
#
# **In a sentence.** The slope of a chain is the product of the slopes of its links, each taken where that link is.
#
# **As a formula.** With $u = g(x)$:
#
# $$\big(f(g(x))\big)' = f'(g(x)) \cdot g'(x), \qquad \frac{dy}{dx} = \frac{dy}{du} \cdot \frac{du}{dx}.$$
#
# **As a number.** $y = \sin u$, $u = x^2$ at $x = 1.5$: $\;\cos(2.25) \cdot 3 \approx -1.885$.
#
# **Where it comes from.** A small step $h$ becomes $du \approx g'(x)\,h$, and that becomes $dy \approx f'(u)\,du \approx f'(u)\,g'(x)\,h$. (In $\frac{dy}{du}\cdot\frac{du}{h}$
# one may not simply cancel: $du$ can be 0. The errors of both tangents shrink faster than $h$, and so the limit is right there too.)
#
# The outer function never sees $x$. Its slope is taken at $u$.

# %% exercise="chain_slope"
def chain_slope(f, fprime, g, gprime, x):
    """The slope of x -> f(g(x)) at x: f is the outer function, g the inner one.

    f and g are functions of one number; fprime and gprime are their derivatives.
    x is a number or an array of numbers; the answer has the shape of x.

    >>> chain_slope(lambda u: u**2, lambda u: 2 * u, lambda x: x**3, lambda x: 3 * x**2, 2.0)
    192.0
    """
    ### BEGIN SOLUTION
    return fprime(g(x)) * gprime(x)
    ### END SOLUTION

# %% [markdown]
# ## Quotients
#
# $f/g$ is the product $f \cdot \dfrac1g$, and $\dfrac1g$ is a chain: the outer function $1/u$ has the slope $-1/u^2$. So both rules together give
#
# $$\left(\frac{f}{g}\right)' = f' \cdot \frac1g + f \cdot \left(-\frac{g'}{g^2}\right).$$
#
# Bring it to one fraction on paper, and say which sign belongs to which part: a numerator that grows makes the quotient larger, a
# denominator that grows makes it smaller (for positive $f$ and $g$).

# %% exercise="quotient_slope"
def quotient_slope(f, fprime, g, gprime, x):
    """The slope of the quotient f/g at the number x.

    f and g are functions of one number; fprime and gprime are their derivatives.
    Raises ValueError when g(x) is 0.

    >>> quotient_slope(lambda x: 6.0, lambda x: 0.0, lambda x: x, lambda x: 1.0, 2.0)
    -1.5
    """
    ### BEGIN SOLUTION
    bottom = g(x)
    if bottom == 0:
        raise ValueError("f/g has no value where g is 0")
    return (fprime(x) * bottom - f(x) * gprime(x)) / bottom**2
    ### END SOLUTION

# %% [markdown]
# ## exp, log and sine
#
# Three functions are not made of powers. Each has one fact of its own.
#
# | function | slope | where it comes from |
# |---|---|---|
# | $e^x$ | $e^x$ | $\dfrac{e^{x+h} - e^x}{h} = e^x\,\dfrac{e^h - 1}{h}$, and $e$ is the number for which the last factor tends to 1 |
# | $\ln x$, $x > 0$ | $1/x$ | its curve is that of $e^x$ with the axes exchanged, so it has tangents too. $e^{\ln x} = x$, and both sides have the same slope: $e^{\ln x}\cdot(\ln x)' = 1$ |
# | $\sin x$ | $\cos x$ | $\dfrac{\sin(x+h) - \sin x}{h} = \sin x\,\dfrac{\cos h - 1}{h} + \cos x\,\dfrac{\sin h}{h}$; the fractions tend to 0 and 1 |
# | $\cos x$ | $-\sin x$ | $\cos x = \sin(x + \pi/2)$, and the chain rule |
# | $x^p$, $x > 0$ | $p\,x^{p-1}$ | $x^p = e^{p \ln x}$, so the slope is $x^p \cdot p/x$ |
#
# Angles are in radians: in degrees $\sin h / h$ would tend to $\pi/180$. See what the three fractions do.

# %%
for h in (0.1, 0.01, 0.001):
    print(f"h = {h:<6} {(np.exp(h) - 1) / h:9.6f} {(np.cos(h) - 1) / h:10.6f} {np.sin(h) / h:9.6f}")

# %% [markdown]
# ## Worked example: ln(1 + x²)·e³ˣ
#
# Take the function apart from the outside: which operation is done **last**? Here it is the product.
#
# | step | line | rule |
# |---|---|---|
# | 1 | $f = \ln(1 + x^2)$, $\;g = e^{3x}$ | the last operation is a product |
# | 2 | $f' = \dfrac{1}{1 + x^2} \cdot 2x$ | chain: ln outside, $1 + x^2$ inside |
# | 3 | $g' = e^{3x} \cdot 3$ | chain: exp outside, $3x$ inside |
# | 4 | $\dfrac{2x}{1 + x^2}\, e^{3x} + \ln(1 + x^2) \cdot 3 e^{3x}$ | product |
#
# Now one of your own: the derivative of $e^{-x^2} \sin 3x$, a wave under a bell. Do it on paper, in four such lines, then in code.

# %% exercise="bell_wave_slope"
def bell_wave_slope(x):
    """The derivative of exp(-x**2) * sin(3*x) at x, which is a number or an array of numbers.

    >>> bell_wave_slope(0.0)
    3.0
    """
    ### BEGIN SOLUTION
    bell = np.exp(-(x**2))
    return -2 * x * bell * np.sin(3 * x) + bell * 3 * np.cos(3 * x)
    ### END SOLUTION

# %% [markdown]
# ## What the rules take for granted
#
# Each rule needs a derivative in every part. In the product the corner went because $dg \to 0$, that is, because $g$ has no jump. This is **continuity**:
#
# **In a sentence.** $f$ is continuous at $x$ when $f(x + h)$ tends to $f(x)$ as $h$ tends to 0, from both sides.
#
# Where there is a derivative, $f(x+h) - f(x) = \dfrac{f(x+h) - f(x)}{h} \cdot h$ tends to $f'(x) \cdot 0 = 0$. So **a function with a derivative
# is continuous**. The reverse is false: $|x|$ is continuous at 0 and has no derivative there.

# %% [markdown]
# ## Three ways to fail, and a fourth
#
# | kind | what the curve does | what the quotients do | example at 0 |
# |---|---|---|---|
# | jump | is not continuous | grow without end, like $1/h$, on one side at least | $1$ for $x > 0$, else $0$ |
# | corner | is continuous | tend to two different numbers | $\lvert x\rvert$ |
# | vertical tangent | is continuous | grow without end, more slowly than $1/h$ | $\sqrt[3]{x}$ |
# | wiggling without rest | is continuous | tend to no number, and do not grow without end | $x \sin(1/x)$, with the value 0 at 0 |
#
# Zoom in, from 1<!-- drag --> on, on a curve that wiggles and on a jump. Which of the four can you tell apart by eye?

# %%
microscope(lambda x: np.where(x == 0, 0.0, x * np.sin(1 / np.where(x == 0, 1.0, x))), x=0)

# %%
microscope(lambda x: np.where(x > 0, 1.0, 0.0), x=0)

# %% [markdown]
# Numbers tell three of them apart, if you ask for two things: does the *value* come back to $f(x)$ when the step is tiny, and does the *slope*
# settle, on both sides, on the same number?

# %% exercise="how_it_fails"
def how_it_fails(f, x):
    """How f behaves at x, as far as numbers can tell: "jump", "corner", "vertical" or "smooth".

    You may rely on this: a jump is at least 0.1 high, on one side of x or on both.
    At a corner the slopes of the two sides are below 60 in size and differ by at least 0.1.
    Where f is smooth, its slope and its second derivative are below 60 in size.
    At a vertical tangent f changes, on one side of x at least, like a square root or a cube root.
    """
    ### BEGIN SOLUTION
    rises = np.array([f(x) - f(x - 1e-9), f(x + 1e-9) - f(x)])
    if np.any(np.abs(rises) > 0.05):
        return "jump"
    slopes = np.array([f(x) - f(x - 1e-6), f(x + 1e-6) - f(x)]) / 1e-6
    if np.any(np.abs(slopes) > 100):
        return "vertical"
    return "corner" if abs(slopes[1] - slopes[0]) > 0.05 else "smooth"
    ### END SOLUTION

# %% [markdown]
# ## Catch the mistake
#
# Three colleagues remember the product rule differently. Each has an example on which theirs is right. At one place, let $f$ and $g$ have any values and slopes you like: find four numbers on which *all three* are wrong.

# %% exercise="catch_the_products"
def catch_the_products():
    """The numbers (f, df, g, dg), values and slopes at one place, on which all three functions above differ from the slope of f·g.

    None is larger than 1000 in size.
    """
    ### BEGIN SOLUTION
    return 2.0, 3.0, 5.0, 7.0
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who has not seen this lesson: why does the corner of the growing rectangle not count, although it is there at every step?

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can say what the value of $f'$ at a place tells about the curve of $f$, and what it does not.
# - I can draw the growing rectangle and say why its corner does not count.
# - I can draw the three number lines and say where the outer slope is taken.
# - I can take a function apart from its last operation and differentiate it.
# - I can name three ways in which a function can lack a derivative at a point.
#
# | rule | formula |
# |---|---|
# | sum, constant factor | $(f + g)' = f' + g'$, $\;(cf)' = cf'$ |
# | product | $(fg)' = f'g + fg'$ |
# | chain | $(f(g(x)))' = f'(g(x))\,g'(x)$ |
# | quotient | $(f/g)' = (f'g - fg')/g^2$ |
# | powers | $(x^p)' = p\,x^{p-1}$ |
# | exp, log, sine, cosine | $e^x$, $\;1/x$, $\;\cos x$, $\;-\sin x$ |

# %%
progress("01b_rules")

# %% [markdown]
# Next: [how small should h be?](../02_numerical_derivative/02_numerical_derivative.ipynb)
