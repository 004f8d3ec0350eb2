# %% [markdown] covers="S1.10 S1.11"
# # 2 · Choosing h
#
# **The question:** how small should $h$ be?
#
# A computer takes no limits. It takes one $h$ and divides. Too large an $h$ gives the slope of a secant; too small an $h$ gives
# nonsense. This lesson finds the place between, and three ways to do better than the plain quotient.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: the difference quotient of [lesson 1](../01_derivative/01_derivative.ipynb).
#
# You will be able to: write forward, central and second differences, choose their step for any number format, read the order
# of a method from its errors, and test code that somebody else wrote.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import step_error_explorer

# %% [markdown]
# ## Part 1: Both sides, and the best h
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Warm-up
#
# In lesson 1 you found the quotient of $f(x) = 2x^3 + 5$: it is $6x^2 + 6xh + 2h^2$, and the derivative is $6x^2$.
# At $x = 1$ the secant with $h = 0.01$ has the error $0.0602$. What is its error, nearly, for $h = 0.005$?
#
# | letter | error |
# |---|---|
# | a | 0.0602 |
# | b | 0.03005 |
# | c | 0.01505 |
# | d | 0 |

# %% exercise="warm_up_halving_h"
def warm_up_halving_h():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# One more, without points. Floats are a ruler with finitely many marks: the number after 1 is $1 + 2.2\cdot 10^{-16}$. So what is
# $1 + 10^{-16}$ in the computer? Decide, then run.

# %%
1 + 1e-16 == 1

# %% [markdown]
# The exact slopes in this lesson come from the rules of [lesson 1b](../01b_rules/01b_rules.ipynb). That of $e^x \sin x$, for example, is
# $e^x \sin x + e^x \cos x$, by the product rule.

# %% [markdown]
# ## Invent it: choose the step
#
# Before you read on: which $h$ would you take for $\dfrac{f(x+h) - f(x-h)}{2h}$? It may depend on $x$. Nobody checks this cell; it prints the relative error for $f(x) = e^x$
# at 1, and for $f(x) = x^3$ at a million.

# %%
def my_step(x):
    return 0.1  # yours


for f, x, slope in ((np.exp, 1.0, np.exp(1.0)), (lambda x: x**3, 1e6, 3e12)):
    h = my_step(x)
    print(f"x = {x:g}: {(f(x + h) - f(x - h)) / (2 * h) / slope - 1:.0e}")

# %% [markdown]
# <details><summary>Compare</summary>
#
# - 0.1 leaves an error of $2\cdot10^{-3}$ at 1, and of $2\cdot10^{-10}$ at a million: one step, far too large in one place and good in the other.
# - $10^{-12}$, "as small as possible", leaves $8\cdot10^{-5}$ at 1. At a million $x + h$ and $x - h$ are the same float, the quotient is 0, and the relative error is $-1$.
#
# How small should $h$ be, and what has it to do with $x$? That is this lesson.
#
# </details>

# %% [markdown] covers="S1.11"
# ## Predict first
#
# The central difference looks to both sides: $\dfrac{f(x+h) - f(x-h)}{2h}$. Take $f(x) = e^x \sin x$
# at $x = 1$.

# %%
predict("step_error", "Which of these steps $h$ gives the smallest error?", {
    "1e-2": "With $h$ = 1e-2 the error is 2.7e-5: the bend of the curve changes between the two points. With 1e-5 it is about 3e-11.",
    "1e-5": "Yes: about 3e-11. Larger steps see the bend of the curve change, smaller ones divide rounding errors by next to nothing.",
    "1e-8": "The best step for the forward difference. The central one is best near 1e-5: about 3e-11. At 1e-8 rounding rules already.",
    "1e-16": "With $h$ = 1e-16 the points $x + h$ and $x$ are the same float. The error is 1.5, a third of the derivative and more.",
})

# %% [markdown]
# ## Look
#
# Both axes are logarithmic. It begins at $h =$ 0.1<!-- drag -->. Move $h$ from right to left. The error falls along a straight line, reaches a lowest point, and rises
# again: a V. Switch between forward and central, then between float64 and float32, and watch where the lowest point goes.
# Then try a function of your own: `step_error_explorer(np.cos, x=0.5)`.

# %%
step_error_explorer()

# %% [markdown] covers="S1.10 S1.11"
# ## Two errors
#
# **In a sentence.** Every difference formula makes two errors: a *truncation* error, because $h$ is not 0, and a *rounding*
# error, because floats are not real numbers. The first falls with $h$, the second grows.
#
# **As a formula.** For the forward difference, with $\varepsilon = 2.2 \cdot 10^{-16}$, the error is at most about the sum below. It takes $x + h$ as exact and $f$ as right to its last digit.
#
# $$E(h) \approx \frac{|f''(x)|}{2}\,h \;+\; \frac{2\varepsilon\,|f(x)|}{h}$$
#
# **As a picture.** The right arm of the V is the first term, the left arm the second.
#
# **As numbers.** For $f(x) = 2x^3 + 5$ at $x = 1$, where the derivative is 6:

# %%
f, x = (lambda x: 2 * x**3 + 5), 1.0
for h in (1e-1, 1e-3, 1e-8, 1e-12, 1e-15, 1e-16):
    print(f"h = {h:.0e}   error {(f(x + h) - f(x)) / h - 6: .1e}")

# %% [markdown]
# At $h = 10^{-16}$ the error is $-6$. The quotient is 0: not one digit is left.
#
# ## One side, then both
#
# The **forward** difference uses $x$ and $x + h$, the **backward** difference $x - h$ and $x$. Here $h > 0$. Write both. Let $x$ be
# an array as well: NumPy then answers for all points at once.

# %% exercise="forward_difference"
def forward_difference(f, x, h):
    """The slope of f between x and x + h, for h > 0.

    x is a number or an array of any shape; the answer has the shape of x.

    >>> forward_difference(lambda x: x**2, 3.0, 1.0)
    7.0
    """
    ### BEGIN SOLUTION
    return (f(x + h) - f(x)) / h
    ### END SOLUTION

# %% exercise="backward_difference"
def backward_difference(f, x, h):
    """The slope of f between x - h and x, for h > 0.

    x is a number or an array of any shape; the answer has the shape of x.

    >>> backward_difference(lambda x: x**2, 3.0, 1.0)
    5.0
    """
    ### BEGIN SOLUTION
    return (f(x) - f(x - h)) / h
    ### END SOLUTION

# %% [markdown] covers="S1.09"
# ## Worked example: both sides, for f(x) = 2x³ + 5
#
# | step | line | rule |
# |---|---|---|
# | 1 | $\dfrac{(2(x+h)^3 + 5) - (2(x-h)^3 + 5)}{2h}$ | the points are $2h$ apart |
# | 2 | $\dfrac{2(x+h)^3 - 2(x-h)^3}{2h}$ | $5 - 5 = 0$ |
# | 3 | $\dfrac{12x^2h + 4h^3}{2h}$ | expand both cubes; even powers of $h$ cancel |
# | 4 | $6x^2 + 2h^2$ | divide every term by $2h$ |
#
# The term $6xh$ of the forward difference is gone. What is left of the error is $2h^2$. At $x = 1$ and $h = 0.01$ that is $0.0002$;
# the forward difference errs by $0.0602$ there, three hundred times as much, for the same two evaluations of $f$.
#
# For any smooth $f$ the same happens in Taylor's formula, whose sums fit $f$ near $x$ the better, the more terms they have:
#
# $$f(x \pm h) = f(x) \pm h f'(x) + \tfrac{h^2}{2} f''(x) \pm \tfrac{h^3}{6} f'''(x) + \ldots$$
#
# Subtract the line with minus from the one with plus, and divide by $2h$: the terms with even powers cancel, and $f'(x) + h^2 f'''(x)/6 + \ldots$ is left.
#
# So in general the central error is about $h^2 f'''(x)/6$. One speaks of **order 2**: half the step, a quarter of the error. The
# forward difference has order 1: half the step, half the error.

# %% [markdown]
# ## The same with steps left out: g(x) = x⁴
#
# | step | line |
# |---|---|
# | 1 | $\dfrac{(x+h)^4 - (x-h)^4}{2h}$ |
# | 2 | $\dfrac{8x^3h + \ldots}{2h}$ |
# | 3 | $\ldots + 4xh^2$ |
#
# What is the error at $x = 1$, $h = 0.1$, and what will it be at $h = 0.05$?
#
# <details><summary>Compare</summary>
#
# Line 2: $8xh^3$. Line 3: $4x^3$. The error is $4xh^2$: $0.04$, then $0.01$.
#
# </details>

# %% [markdown]
# ## The central difference, with a step of its own
#
# **In a sentence.** The central difference is the slope of $f$ between $x - h$ and $x + h$.
#
# Often nobody wants to choose $h$. The V has its lowest point near $h = \sqrt[3]{\varepsilon} \approx 6\cdot 10^{-6}$, as you
# will derive below. That is for $x$ near 1. Near $x = 10^6$ floats are half a million times as far apart, so the step must grow:
# $h = \sqrt[3]{\varepsilon}\cdot\max(1, |x|)$. It suits an $f$ that changes on the scale of $\max(1, |x|)$; $\sin(1000x)$ wants a smaller one. (Python's `max` compares two numbers; `np.maximum` does it for an array, number by number.)

# %% exercise="central_difference"
def central_difference(f, x, h=None):
    """The slope of f between x - h and x + h, for h > 0.

    x is a number or an array of any shape; the answer has the shape of x.
    Without h it chooses a step for each number of x, also far from 0 and at 0: for an f that changes
    on the scale of max(1, abs(x)) the error is at most ten times that of the best step.

    >>> central_difference(lambda x: x**3, 2.0, 1.0)
    13.0
    """
    ### BEGIN SOLUTION
    if h is None:
        h = np.cbrt(np.finfo(float).eps) * np.maximum(1, np.abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION

# %% [markdown]
# ## Why the cube root?
#
# Write down the truncation error and the rounding error, for functions whose values and derivatives are all near 1, and forget
# constant factors. The sum is smallest about where both parts are equal.
#
# | kind | error, nearly | equal when | best $h$ | in float64 | in float32 |
# |---|---|---|---|---|---|
# | forward | $h + \varepsilon/h$ | $h^2 = \varepsilon$ | $\varepsilon^{1/2}$ | $1.5\cdot 10^{-8}$ | $3.5\cdot 10^{-4}$ |
# | central | $h^2 + \varepsilon/h$ | $h^3 = \varepsilon$ | ? | $6.1\cdot 10^{-6}$ | $4.9\cdot 10^{-3}$ |
# | second | $h^2 + \varepsilon/h^2$ | ? | ? | $1.2\cdot 10^{-4}$ | $1.9\cdot 10^{-2}$ |
#
# The last row is the second difference, which you meet below. Fill the three gaps on paper: that is the next exercise. Here
# $\varepsilon$ is `np.finfo(dtype).eps`: $2.2\cdot 10^{-16}$ in float64, $1.2\cdot 10^{-7}$ in float32.
#
# Notice the reward as well. At its best step the forward difference is right to 8 digits, the central one to 10 or 11.

# %% exercise="optimal_step"
def optimal_step(kind, x, dtype):
    """A good step for one of the three differences at x, as a float.

    At most ten times larger or smaller than the step that balances both errors.
    kind is "forward", "central" or "second". dtype is the name of a format, "float64" or "float32".
    The step grows with abs(x), and is the same for all abs(x) <= 1.
    """
    ### BEGIN SOLUTION
    exponent = {"forward": 1 / 2, "central": 1 / 3, "second": 1 / 4}[kind]
    return float(np.finfo(dtype).eps) ** exponent * max(1.0, abs(x))
    ### END SOLUTION

# %% [markdown]
# ## Find the wrong sentence
#
# Three of these sentences are true. The fourth is from a [source](../00_start_here/notation.md) of this course.
#
# | letter | sentence |
# |---|---|
# | a | The derivative is the limit of the difference quotient as $h$ tends to 0. |
# | b | The derivative is the slope for a super teeny small $h$, so the smaller $h$, the better the number. |
# | c | In float64 the forward quotient of $2x^3 + 5$ at $x = 1$ with $h = 10^{-3}$ is wrong by about $6h$. |
# | d | In float64 the forward quotient of $2x^3 + 5$ at $x = 1$ with $h = 10^{-16}$ is 0. |

# %% exercise="wrong_sentence_about_h"
def wrong_sentence_about_h():
    """The letter of the sentence that is wrong."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You know two errors that pull $h$ in opposite directions, and why the central difference does best near the cube root of the machine epsilon.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: Better formulas, and a test of your own
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Reading the order from data
#
# You have errors for many steps. Which order does the method have? If $E = C\,h^p$, then
#
# $$\log E = \log C + p\,\log h$$
#
# This is a straight line with the slope $p$. So fit a line to $\log E$ against $\log h$; `np.polyfit(x, y, 1)` gives slope and intercept. One warning: the left arm of the V belongs to
# rounding. Use only the steps that are at least as large as the step with the smallest error.

# %% exercise="observed_order"
def observed_order(hs, errors):
    """The order of a method, from its errors at several steps: two arrays (n,) -> a number.

    Steps that are smaller than the one with the smallest error are left out.
    The steps may come in any order. All errors are positive.

    >>> round(observed_order(np.array([0.4, 0.2, 0.1]), np.array([0.32, 0.08, 0.02])), 9)
    2.0
    """
    ### BEGIN SOLUTION
    branch = hs >= hs[np.argmin(errors)]
    return np.polyfit(np.log(hs[branch]), np.log(errors[branch]), 1)[0]
    ### END SOLUTION

# %% [markdown]
# Try it on your own functions. You should see about 1 and about 2.

# %%
def bend(x): return np.exp(x) * np.sin(x)


slope = np.exp(1) * (np.sin(1) + np.cos(1))
hs = 10.0 ** -np.arange(1, 12, 0.25)
try:
    for difference in (forward_difference, central_difference):
        errors = [abs(difference(bend, 1.0, h) - slope) for h in hs]
        print(difference.__name__, observed_order(hs, np.array(errors) + 1e-18))
except NotImplementedError:
    print("write the three functions first")

# %% [markdown]
# ## Two wrongs make a right
#
# Call the central difference $D(h)$. Its error is very nearly $c\,h^2$, with the same $c$ for every small $h$. Half the step
# makes a quarter of the error:
#
# $$D(h) \approx f'(x) + c\,h^2, \qquad D(h/2) \approx f'(x) + \tfrac14\,c\,h^2$$
#
# Two equations, two unknowns. Solve them for $f'(x)$, and the error $c\,h^2$ is gone without anybody knowing $c$. What is left
# falls with $h^4$. This is **Richardson's** trick.
#
# Here are the numbers for $\sin$ at $x = 1.3$ with $h = 0.2$. The last line is left to you.
#
# | quotient | value | error |
# |---|---|---|
# | $D(0.2)$ | 0.265719 | $-1.8\cdot 10^{-3}$ |
# | $D(0.1)$ | 0.267053 | $-4.5\cdot 10^{-4}$ |
# | combined | … | … |
# | $\cos 1.3$ | 0.267499 | |
#
# <details><summary>Compare</summary>
#
# $0.267498$, with the error $-8.9\cdot 10^{-7}$: five hundred times smaller than that of $D(0.1)$.
#
# </details>

# %% exercise="richardson"
def richardson(f, x, h):
    """The derivative of f at x from the central differences with h and h/2, with an error of order h**4.

    f is evaluated at most four times. The result is exact for polynomials of degree four.

    >>> round(richardson(lambda x: x**3, 2.0, 1.0), 9)
    12.0
    """
    ### BEGIN SOLUTION
    wide, narrow = central_difference(f, x, h), central_difference(f, x, h / 2)
    return (4 * narrow - wide) / 3
    ### END SOLUTION

# %% [markdown]
# ## No difference at all
#
# Subtracting two numbers that are nearly equal lays the rounding errors bare that both carry already. Can we do without the subtraction? Step into the
# imaginary direction. A complex number $a + ib$ is two real numbers, its real part $a$ and its imaginary part $b$, and one multiplies as usual with $i^2 = -1$. Put $ih$ for $h$ into
# the Taylor series:
#
# $$f(x + ih) = f(x) + ih\,f'(x) - \frac{h^2}{2} f''(x) - \ldots$$
#
# The imaginary part is $h f'(x)$ and a rest of the order $h^3$. Take that part and divide by $h$. It holds where $f$ is
# analytic, and real for real $x$. No two values of $f$ are subtracted, so nothing cancels there, and $h$ may be
# $10^{-200}$. In Python the imaginary unit is `1j`.

# %% exercise="complex_step"
def complex_step(f, x, h=1e-20):
    """The derivative of f at x from one evaluation at a complex point.

    x is a number or an array of any shape; the answer has the shape of x. f takes complex numbers.
    With a tiny h it is right to the last digits.

    >>> complex_step(lambda x: x**2, 3.0)
    6.0
    """
    ### BEGIN SOLUTION
    return np.imag(f(x + 1j * h)) / h
    ### END SOLUTION

# %% [markdown]
# The four methods on $e^x\sin x$ at $x = 1$, each near its best step. Count the digits.

# %%
def attempt(name, function, h):
    try:
        print(f"{name:12} h = {h:.0e}   error {abs(function(bend, 1.0, h) - slope):.1e}")
    except NotImplementedError:
        print(f"{name:12} is not written yet")


attempt("forward", forward_difference, 1e-8)
attempt("central", central_difference, 5e-6)
attempt("richardson", richardson, 1e-3)
attempt("complex step", complex_step, 1e-200)

# %% [markdown]
# ## Where the complex step fails
#
# It needs code that is honest about complex numbers. Take `abs` at $x = -2$: the derivative there is $-1$, and `complex_step(abs, -2.0)`
# gives 0. Why?
#
# | letter | reason |
# |---|---|
# | a | The step $10^{-20}$ is too small. |
# | b | `abs` has no derivative at $-2$. |
# | c | `abs` of a complex number is its length: a real number, without an imaginary part. |
# | d | One should multiply by $h$ instead of dividing by it. |

# %% exercise="why_the_complex_step_fails"
def why_the_complex_step_fails():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# `np.linalg.norm` throws the imaginary part away too, and Python's `max` refuses to compare complex numbers. A central difference has
# no such worries.

# %% [markdown]
# ## Invent it: how fast the slope changes
#
# Before you read on: write the change of the slope per unit of $x$, from values of $f$ and a step $h$. Nobody checks this cell. For $x^3$ at 2 the slope $3x^2$ changes by
# 12 per unit.

# %%
def change_of_the_slope(f, x, h):
    return ...  # yours


change_of_the_slope(lambda x: x**3, 2.0, 0.01)

# %% [markdown]
# <details><summary>Compare</summary>
#
# - The slope ahead minus the slope behind, $\frac{f(x+h) - f(x)}{h} - \frac{f(x) - f(x-h)}{h}$, gives 0.12: a change, but not per unit.
# - `(f(x + h) - f(x - h)) / h**2` gives about 2400. It is twice a slope, divided by a step, and grows without end when $h$ shrinks.
# - The slope from $x + h$ to $x + 2h$ minus that from $x$ to $x + h$, over $h$, gives 12.06: right in the limit, but it looks to one side, and errs in proportion to $h$.
#
# </details>

# %% [markdown]
# ## The second derivative
#
# **In a sentence.** The second derivative is the change of the slope per unit of $x$.
#
# **As a formula.** Slope ahead minus slope behind, over the distance $h$ between the middles of the two steps:
#
# $$f''(x) \approx \frac{1}{h}\left(\frac{f(x+h) - f(x)}{h} - \frac{f(x) - f(x-h)}{h}\right)$$
#
# **As a number.** For $f(x) = x^3$ at $x = 2$ with $h = 1$: the slopes are $27 - 8 = 19$ and $8 - 1 = 7$, so the answer is $12$, which is $6x$.
#
# Three values of $f$ are enough. Its error is about $h^2 f''''(x)/12$.

# %% exercise="second_difference"
def second_difference(f, x, h):
    """The second difference of f at x with the step h > 0, an estimate of the second derivative.

    x is a number or an array of any shape; the answer has the shape of x.

    >>> second_difference(lambda x: x**3, 2.0, 1.0)
    12.0
    """
    ### BEGIN SOLUTION
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2
    ### END SOLUTION

# %% [markdown]
# ## Now you write the test
#
# A colleague hands you a `candidate(f, x, h=None)` and says: this is a central difference. You cannot see its code. Write a test
# that returns True for candidates that are right and False for those that are wrong.
#
# Candidates that are right compute the same quotient in different ways, so they differ by rounding. Without `h` they choose a good
# step. Candidates that are wrong have the faults that you have met in this lesson, among them: one side only, the wrong divisor, a flipped sign, an
# `h` that is ignored or halved, and a step of their own that is far too small.

# %% exercise="test_central_difference"
def test_central_difference(candidate):
    """Whether candidate(f, x, h=None) is a right central difference.

    f may be any function of one number that you choose; x and h are numbers.
    Right ones may differ by rounding, and without h it chooses a step near the best one, each its own.
    """
    ### BEGIN SOLUTION
    for x, h in ((0.7, 0.1), (-0.4, 0.3)):
        quotient = np.exp(x) * np.sinh(h) / h  # the central quotient of exp, worked out on paper
        if not np.isclose(candidate(np.exp, x, h), quotient, rtol=1e-9):
            return False
    return bool(np.isclose(candidate(np.exp, 0.7), np.exp(0.7), rtol=1e-8))
    ### END SOLUTION

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues say that they compute the central difference with the step $h$. Their $f$ is a polynomial with the coefficients $c_0$ to $c_3$. Find a polynomial, a place and a step on which *both* are wrong.

# %% exercise="catch_the_halved_step"
def catch_the_halved_step():
    """A triple (c, x, h) on which both functions above differ from the central difference of f by more than rounding.

    c holds four coefficients of at most 100 in size, x is a number of at most 10 in size, h a number from 0.01 to 1.
    """
    ### BEGIN SOLUTION
    return [0.0, 0.0, 0.0, 1.0], 1.0, 0.5
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# A friend sets $h = 10^{-15}$ "to be as exact as possible". Tell them what happens, and why.

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can say what truncation and rounding errors are, and which arm of the V belongs to which.
# - I can derive the best step from a balance of two terms, and I know it for float64 and float32.
# - I can say what order 1, 2 and 4 mean for the error when $h$ is halved, and read an order from data.
# - I can cancel an error term by combining two results.
# - I know why the complex step does not cancel, and for which code it fails.
# - I can write a test that tells a right function from a nearly right one.

# %%
progress("02_numerical_derivative")

# %% [markdown]
# Next: [several variables, one at a time](../03_partial_derivative/03_partial_derivative.ipynb)
