# %% [markdown] covers="S0.01 S1.08"
# # 1 · The derivative is a limit
#
# **The question:** what is the slope of a curve at a single point?
#
# A slope needs two points. A single point has none to spare. This lesson shows how the two points can move together
# without the slope getting lost, and what can go wrong on the way.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: what a function is, and the slope of a straight line.
#
# You will be able to: compute secants and tangents, find a derivative as a limit by hand, test a derivation with numbers,
# and tell where a function has no derivative.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import microscope, secant_explorer

# %% [markdown]
# ## Part 1: From the secant to the derivative
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## How this notebook works
#
# You write a function, then you run the cell below it: `check(your_function)`. The answer comes at once. It says which
# promises your function keeps, shows the smallest input on which it fails, and names the mistake when it knows it.
# `hint(your_function)` gives one step at a time. Nothing is lost by a wrong try.

# %% [markdown]
# ## Invent it: how steep at one point?
#
# Before you read on: write a function that tells how steep $f$ is at $x$, any way you like. Nobody checks this cell. At $x = 3$ the curve of $x^2$ is as steep as a
# line of slope 6.

# %%
def how_steep(f, x):
    return ...  # yours


how_steep(lambda x: x**2, 3.0)

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `f(x) / x` gives 3: the slope of the line from the origin to the point. Move the curve up, and it changes.
# - `f(x + 1) - f(x)` gives 7. It is a slope, over a whole unit; on the way the curve gets steeper.
# - `(f(x + 0) - f(x)) / 0` raises an error: through a single point there are lines of every slope.
# - `(f(x + 0.001) - f(x)) / 0.001` gives 6.001. Closer, and still not 6. This lesson is about the number that it closes in on.
#
# </details>

# %% [markdown]
# ## Warm-up
#
# A straight line passes through (1, 2) and (3, 8). Its slope is the change in $y$ over the change in $x$.
# Work it out in your head before you run the cell.

# %%
(8 - 2) / (3 - 1)

# %% [markdown]
# For a straight line every pair of points gives the same slope. For a curve it depends on the pair. That is the whole
# difficulty, and the rest of this lesson.

# %% [markdown] covers="S1.09"
# ## Predict first
#
# Take the cubic $f(x) = 2x^3 + 5$ and the point $x = 1$. Go a step $h = 0.1$ to the right and join the two points of the
# curve by a straight line: a **secant**. The **tangent** is the line that such secants turn into as $h$ shrinks.
#
# A guess is worth more than a look ahead, and a wrong one costs nothing.

# %%
predict("secant", "Is the secant steeper or flatter than the tangent?", {
    "flatter": "It is steeper. With $h = 0.1$ the secant has the slope 6.62, the tangent 6. The curve bends upward at $x = 1$.",
    "steeper": "Yes. The curve bends upward at $x = 1$, so a step to the right picks up extra slope: 6.62 instead of 6.",
})

# %% [markdown] covers="S1.11"
# ## Look
#
# The step is $h =$ 1<!-- drag --> at first. Move the slider for $h$ and watch two things: the secant turning into the tangent on the left, and the error on the right.
# Then change the sign of $h$.

# %%
secant_explorer()

# %% [markdown]
# What did the number *error / h* do as $h$ became small? It tended to 6 from both sides. Keep that number in mind: you will
# use it to catch a wrong derivation.

# %% [markdown] covers="S1.10 S1.11"
# ## The difference quotient
#
# **In a sentence.** The difference quotient is the slope of the secant through the points of the curve at $x$ and $x + h$.
#
# **As a formula.**
#
# $$\frac{\Delta y}{\Delta x} = \frac{f(x + h) - f(x)}{h}, \qquad h \neq 0$$
#
# **As a number.** For $f(x) = 2x^3 + 5$, $x = 1$, $h = 0.1$: $\;(7.662 - 7)/0.1 = 6.62$.
#
# It is a *ratio*. The difference $f(x + h) - f(x)$ alone shrinks to 0 for every continuous function; it says nothing about
# the slope. (The [source](../00_start_here/notation.md) of this lesson says "difference in values of y". That is the numerator only.)

# %% exercise="difference_quotient"
def difference_quotient(f, x, h):
    """The slope of the secant of f through x and x + h.

    f is a function of one number; it takes an array too, and answers for each of its numbers. x is a number.
    h is a number or an array of numbers; the answer has the shape of h.
    Raises ValueError when h, or any element of h, is 0.

    >>> difference_quotient(lambda x: x**2, 3.0, 1.0)
    7.0
    """
    ### BEGIN SOLUTION
    if np.any(np.equal(h, 0)):
        raise ValueError("h must not be 0: the quotient needs two different points")
    return (f(x + h) - f(x)) / h
    ### END SOLUTION

# %% [markdown]
# ## The secant as a line
#
# A line is $y = \text{slope}\cdot t + \text{intercept}$. You have the slope of the secant. The intercept is its height at $t = 0$.

# %% exercise="secant_line"
def secant_line(f, x, h):
    """Slope and intercept of the secant of f through x and x + h.

    >>> secant_line(lambda x: x**2, 3.0, 1.0)
    (7.0, -12.0)
    """
    ### BEGIN SOLUTION
    slope = (f(x + h) - f(x)) / h
    return slope, f(x) - slope * x
    ### END SOLUTION

# %% [markdown] covers="S0.01 S1.10"
# ## The derivative
#
# **In a sentence.** The derivative of $f$ at $x$ is the number that the difference quotient tends to as $h$ tends to 0.
#
# **As a formula.**
#
# $$f'(x) = \frac{df}{dx}(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}$$
#
# **As a picture.** The secant's second point slides towards the first; the line comes to rest as the tangent.
#
# We write $d$ for a function of one variable. The round $\partial$ is kept for functions of several, from lesson 3 on.
#
# A limit is not a small $h$. Every single $h$ gives a secant, and where the curve bends its slope is wrong by about $h \cdot f''(x)/2$ for small $h$. The limit is
# the one number that all of them close in on. In a computer a very small $h$ is even worse than a moderate one: lesson 2.

# %% [markdown] covers="S1.12"
# ## Worked example: f(x) = 2x³ + 5
#
# Each line follows from the one above it, by the rule that stands beside it.
#
# | step | line | rule |
# |---|---|---|
# | 1 | $\dfrac{\left(2(x+h)^3 + 5\right) - \left(2x^3 + 5\right)}{h}$ | put $f$ into the quotient, with brackets |
# | 2 | $\dfrac{2(x+h)^3 - 2x^3}{h}$ | $5 - 5 = 0$ |
# | 3 | $\dfrac{2\left(x^3 + 3x^2h + 3xh^2 + h^3\right) - 2x^3}{h}$ | expand $(x+h)^3$ |
# | 4 | $\dfrac{6x^2h + 6xh^2 + 2h^3}{h}$ | $2x^3$ cancels |
# | 5 | $6x^2 + 6xh + 2h^2$ | divide every term by $h$, allowed because $h \neq 0$ |
# | 6 | $6x^2$ | let $h \to 0$ |
#
# At $x = 1$ the derivative is 6. Line 5 also tells the error of a secant, $6xh + 2h^2$. Divided by $h$ that is $6x + 2h$, which
# tends to 6 at $x = 1$: the number you saw in the explorer.

# %%
h = np.array([0.1, 0.01, 0.001])
slope = (2 * (1 + h)**3 + 5 - 7) / h
(slope - 6) / h

# %% [markdown]
# ## The same with steps left out: g(x) = x² − 3x
#
# Fill the gaps on paper before you read on.
#
# | step | line |
# |---|---|
# | 1 | $\dfrac{\left((x+h)^2 - 3(x+h)\right) - (\;\ldots\;)}{h}$ |
# | 2 | $\dfrac{2xh + \ldots - 3h}{h}$ |
# | 3 | $\ldots + h - 3$ |
# | 4 | $\ldots$ |
#
# <details><summary>Compare</summary>
#
# Line 1: $x^2 - 3x$. Line 2: $h^2$. Line 3: $2x$. Line 4: $2x - 3$.
#
# </details>

# %% [markdown]
# ## Now in code
#
# Write line 5 of the worked example as a function, from your own head. Its value at $h = 0$ is the derivative, because no division
# is left.

# %% exercise="quotient_cubic"
def quotient_cubic(x, h):
    """The difference quotient of 2x**3 + 5, simplified so that h = 0 is allowed.

    >>> quotient_cubic(1.0, 1.0)
    14.0
    """
    ### BEGIN SOLUTION
    return 6 * x**2 + 6 * x * h + 2 * h**2
    ### END SOLUTION

# %% [markdown] covers="S1.12"
# ## Find the wrong line
#
# This is how the source, a published tutorial, derives the same limit. Its result, $6x^2$, is right. At least one of the lines on the way is not.
#
# | index | line, to be followed by $h \to 0$ |
# |---|---|
# | 0 | $\dfrac{f(x+h) - f(x)}{h}$ |
# | 1 | $\dfrac{(2(x+h)^3 + 5) - 2x^3 + 5}{h}$ |
# | 2 | $\dfrac{2(x^2 + 2xh + h^2)(x+h) - 2x^3}{h}$ |
# | 3 | $\dfrac{2(x^3 + 2x^2h + h^3 + x^2h + 2xh^2 + h^3) - 2x^3}{h}$ |
# | 4 | $\dfrac{2(x^3 + 3x^2h + h^3 + 2xh^2) - 2x^3}{h}$ |
# | 5 | $\dfrac{6x^2h + h^3 + 2xh^2}{h}$ |
# | 6 | $6x^2 + h^2 + 2xh$ |
#
# A derivation is a chain of equalities. You need no algebra to test it: two quotients that are equal give the same number for every
# $x$ and $h$. Write a function that finds the first line that breaks the chain.

# %% exercise="find_first_wrong_step"
def find_first_wrong_step(steps):
    """The index of the first step that differs from the step before it, or None.

    steps is a list of functions of (x, h), one for each line. Step 0 is taken as right.
    Steps that are equal on paper may differ by rounding.

    >>> find_first_wrong_step([lambda x, h: x + h, lambda x, h: h + x, lambda x, h: x])
    2
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(0)
    points = rng.uniform(0.2, 2.0, size=(5, 2)) * rng.choice([-1, 1], size=(5, 2))
    values = np.array([[step(x, h) for x, h in points] for step in steps])
    for k in range(1, len(steps)):
        if not np.allclose(values[k], values[k - 1], rtol=1e-9, atol=1e-9):
            return k
    return None
    ### END SOLUTION

# %% [markdown]
# Try it on the published lines. The brackets of line 1 are the first thing to go wrong, and three more slips follow. Line 2
# silently undoes the first, and the others carry a factor $h$ that takes them away in the limit, so the answer came out right. The quotient did not: by line 6 error/h would tend to 2 at $x = 1$, and you have measured 6.

# %%
def f(x): return 2 * x**3 + 5


published = [
    lambda x, h: (f(x + h) - f(x)) / h,
    lambda x, h: ((2 * (x + h)**3 + 5) - 2 * x**3 + 5) / h,
    lambda x, h: (2 * (x**2 + 2*x*h + h**2) * (x + h) - 2 * x**3) / h,
]
try:
    print("first wrong line:", find_first_wrong_step(published))
except NotImplementedError:
    print("write find_first_wrong_step first")

# %% [markdown]
# ## Put the derivation in order
#
# Seven of these ten lines make a correct derivation of $f'(x)$ for $f(x) = 2x^3 + 5$. Three do not belong. Each line
# equals the one before it for every $x$ and $h \neq 0$, until E lets $h \to 0$.
#
# | letter | line | letter | line |
# |---|---|---|---|
# | A | $\dfrac{2(x^3 + 3x^2h + 3xh^2 + h^3) - 2x^3}{h}$ | F | $\dfrac{6x^2h + 6xh^2 + 2h^3}{h}$ |
# | B | $\dfrac{(2(x+h)^3 + 5) - (2x^3 + 5)}{h}$ | G | $\dfrac{2(x+h)^3 - 2x^3}{h}$ |
# | C | $6x^2 + 6xh + 2h^2$ | H | $\dfrac{(2(x+h)^3 + 5) - 2x^3 + 5}{h}$ |
# | D | $\dfrac{f(x+h) - f(x)}{h}$ | I | $\dfrac{2(x^3 + 2x^2h + h^3 + x^2h + 2xh^2 + h^3) - 2x^3}{h}$ |
# | E | $6x^2$ | J | $6x^2 + h^2 + 2xh$ |

# %% exercise="order_the_derivation"
def order_the_derivation():
    """The letters of the seven lines in their order, as one string such as "ABC"."""
    ### BEGIN SOLUTION
    return "DBGAFCE"
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You can write the slope between two points, let $h$ shrink in a formula and in code, and say why the limit is taken after the division.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: The tangent, and where there is none
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## The tangent
#
# **In a sentence.** The tangent at $x_0$ is the line through $(x_0, f(x_0))$ whose slope is $f'(x_0)$.
#
# **Why it matters.** Near $x_0$ the curve is almost that line:
#
# $$f(x_0 + h) = f(x_0) + f'(x_0)\,h + o(h)$$
#
# The rest, $o(h)$, shrinks faster than $h$ itself. This is the form in which the derivative will grow into the gradient and the
# Jacobian: the best straight stand-in for a function near a point.

# %% exercise="tangent_line"
def tangent_line(f, fprime, x0):
    """The tangent of f at x0, as a function of one number.

    fprime is the derivative of f, a function too.

    >>> T = tangent_line(lambda x: x**2, lambda x: 2 * x, 3.0)
    >>> T(3.0), T(4.0)
    (9.0, 15.0)
    """
    ### BEGIN SOLUTION
    height, slope = f(x0), fprime(x0)
    return lambda t: height + slope * (t - x0)
    ### END SOLUTION

# %% [markdown]
# ## Invent it: is there a slope at all?
#
# Before you read on: write a function that tells whether $f$ has a slope at $x$. Nobody checks this cell. At 0, $|x|$ has a corner and the cube root stands upright; the
# sine is smooth.

# %%
def has_a_slope(f, x):
    return ...  # yours: True or False


[has_a_slope(f, 0.0) for f in (np.abs, np.cbrt, np.sin)]  # after: False, False, True

# %% [markdown]
# <details><summary>Compare</summary>
#
# - "$f(x + h)$ comes close to $f(x)$" is true of all three. It says that there is no jump.
# - "$\big(f(x+h) - f(x-h)\big)/2h$ is a number" is true of all three as well. For $|x|$ it is 0: the average of $-1$ and 1 hides the corner.
# - "The slopes to the left and to the right agree" finds the corner. The cube root passes: its two slopes are equal, and both grow without end when $h$ shrinks. So ask
#   with two steps.
#
# </details>

# %% [markdown]
# ## Where it fails
#
# Not every function has a derivative everywhere. Under the microscope below, a function with a derivative becomes a straight line.
# Which curves of its menu never do, however far you go? The zoom begins at 1<!-- drag -->.

# %%
predict("microscope", r"The graph of $x^2 \sin(1/x)$, with the value 0 at 0, swings up and down without end near 0. Has it a derivative at 0?", {
    "no, it never stops wiggling": "It wiggles on, but between $-x^2$ and $x^2$: its quotients there lie between $-|h|$ and $|h|$, and they tend to 0. The derivative at 0 is 0. Zoom in and see.",
    "yes, the derivative is 0": "Yes. It lies between $-x^2$ and $x^2$, so a quotient at 0 lies between $-|h|$ and $|h|$ and tends to 0. Zoom in and see how the wiggles flatten out.",
    "yes, the derivative is 1": r"It has one, but $\sin(1/x)$ is multiplied by $x^2$: a quotient at 0 is $h \sin(1/h)$, which tends to 0.",
})

# %%
microscope()

# %% [markdown]
# Three of them resist at 0. The corners of $|x|$ and of relu, which is $x$ for $x > 0$ and else 0, stay corners. The cube root stands upright: its secants get steeper
# without end. And $x^2\sin(1/x)$, with the value 0 at 0, wiggles forever, yet flattens out: it has the derivative 0 there.
# Try a curve of your own: `microscope(lambda x: x * np.abs(x), x=0)`; the secants take one as well, as in `secant_explorer(np.sin, x=1)`.
#
# A third way to fail is a jump, as that of `np.sign` at 0: there the secants get steeper without end, on one side at least.
#
# A corner shows in the slopes of the two sides. From the left the quotient uses $x - h$, from the right $x + h$, with $h > 0$.

# %% exercise="one_sided"
def one_sided(f, x, h):
    """The slopes between x - h and x, and between x and x + h, for h > 0.

    >>> one_sided(abs, 0.0, 0.5)
    (-1.0, 1.0)
    """
    ### BEGIN SOLUTION
    left = (f(x) - f(x - h)) / h
    right = (f(x + h) - f(x)) / h
    return left, right
    ### END SOLUTION

# %% [markdown]
# The average of the two sides exists at every corner; for $|x|$ at 0 it is 0. It is not a derivative: the quotient itself tends to no single
# number there.

# %% exercise="is_differentiable"
def is_differentiable(f, x):
    """Whether f has a derivative at x, as far as numbers can tell: one number that the quotients of both sides settle on.

    It has none at a corner, and none where the quotients grow without end.
    You may rely on this: where f is smooth, its second derivative is below 60 in size,
    and at a corner the slopes of the two sides differ by at least 0.1.
    """
    ### BEGIN SOLUTION
    slopes = [one_sided(f, x, h) for h in (1e-4, 1e-6)]
    return bool(np.ptp(slopes) < 0.05)
    ### END SOLUTION

# %% [markdown] covers="S0.11"
# ## Several at once
#
# Nothing changes when a function returns a vector: each component has its own derivative. For $\mathbf{y}(x) = (x^0, x^1, x^2)$
#
# $$\frac{d\mathbf{y}}{dx} = (0,\; 1,\; 2x)$$
#
# A second source of this course prints $(0, 1, 2)$. At $x = 1$ nobody can tell the difference. That is why no function in this course is
# tested at $x = 1$ alone.

# %% exercise="powers_derivative"
def powers_derivative(x, n):
    """The derivative of (x**0, x**1, ..., x**n) at the number x: (x, n) -> (n+1,).

    It is right at x = 0 and for n = 0 too.

    >>> powers_derivative(3.0, 2)
    array([0., 1., 6.])
    """
    ### BEGIN SOLUTION
    result = np.zeros(n + 1)
    k = np.arange(1, n + 1)
    result[1:] = k * float(x) ** (k - 1)
    return result
    ### END SOLUTION

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues compute the slope of the secant of $f(x) = x^2$ between $x$ and $x + h$. Both have tested their function, on one place each. Find one place and one step on which *both* are wrong.

# %% exercise="catch_the_secant"
def catch_the_secant():
    """A pair (x, h) on which both functions above differ from the slope of the secant.

    x and h are numbers of at most 100 in size; h is not 0, and not smaller than 0.001.
    """
    ### BEGIN SOLUTION
    return 3.0, -1.0
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who has not seen this lesson: why is the derivative a limit, and not the quotient for a very small $h$?

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can say what $x$, $h$, $f(x+h) - f(x)$ and the quotient are in a picture.
# - I can find the derivative of a cubic as a limit, line by line.
# - I can test a derivation with random numbers, and I know why one pair of numbers is not enough.
# - I can write the tangent at a point, and say in which sense it is the best line there.
# - I can name three ways in which a function can lack a derivative at a point: a corner, an upright tangent, a jump.

# %%
progress("01_derivative")

# %% [markdown]
# Next: [derivatives without limits: the rules](../01b_rules/01b_rules.ipynb)
