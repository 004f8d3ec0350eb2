# %% [markdown] covers="S0.25 S1.08 S1.13"
# # 3 · Partial derivatives
#
# **The question:** what is a slope when a function has several variables?
#
# On a hillside the slope depends on the way you face. East it may climb, north it may fall. This lesson takes the simplest
# ways first: along the axes, one variable at a time. Lesson 4 puts them together.
#
# From here the course goes up in steps: several inputs and one output (lessons 3 and 4), several outputs (lesson 5), whole arrays
# in and out (lesson 6). Each step uses the one before it.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# You need: the derivative as a limit (lesson 1), the power rule (lesson 1b), and the central difference with a good step (lesson 2).
#
# You will be able to: freeze variables and differentiate by hand, compute a partial derivative in code, tell a partial from
# a total derivative, and say what partial derivatives do not promise.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import slices_explorer

# %% [markdown]
# ## Warm-up
#
# From lessons 1b and 2, without looking:
#
# 1. What is the derivative of $4cx^4$ with respect to $x$, when $c$ is a constant?
# 2. A central difference uses the points $x - h$ and $x + h$. What does it divide by?
# 3. Which $h$ is about right for it: $10^{-16}$, $6 \cdot 10^{-6}$ or $10^{-2}$?
#
# <details><summary>Compare</summary>
#
# 1. $16cx^3$. A constant factor stays where it is. You will need exactly this in a minute.
# 2. By $2h$, the distance of the two points.
# 3. About $6 \cdot 10^{-6}$, the cube root of the machine epsilon.
#
# </details>

# %% [markdown]
# ## Invent it: a slope with two variables
#
# Before you read on: write a function that tells how steep $f$ is at $(x, z)$, any way you like. Nobody checks this cell.

# %%
def how_steep(f, x, z, h=1e-6):
    return ...  # yours


how_steep(lambda x, z: x**2 * z, 3.0, 2.0)

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `(f(x + h, z) - f(x, z)) / h` gives 12, `(f(x, z + h) - f(x, z)) / h` gives 9. Both are right: the slope depends on which variable moves, and one must say which.
# - `(f(x + h, z + h) - f(x, z)) / h` gives 21, the sum of the two. Two changes have become one number, and nobody can take them apart again.
# - The same divided by $\sqrt2\,h$, the way that was gone, gives 14.8: the slope of one more direction. All directions together are lesson 4.
#
# </details>

# %% [markdown] covers="S1.14"
# ## Predict first
#
# Take $f(x, z) = 4x^4z^3$ and stand at $x = 1$, $z = 1$, where $f = 4$. You may go in the direction of $x$ with $z$ kept at 1, or in
# the direction of $z$ with $x$ kept at 1.

# %%
predict("slices", "Which way is steeper at (1, 1)?", {
    "along $x$": "Yes. With $z = 1$ the slice is $4x^4$ and its slope is 16. With $x = 1$ the slice is $4z^3$ and its slope is 12.",
    "along $z$": "The slice in $z$ is $4z^3$ with the slope 12. The slice in $x$ is $4x^4$ with the slope 16: the higher power wins at 1.",
    "the same": "The values are the same, the slopes are not: $4x^4$ has the slope 16 at 1, and $4z^3$ has the slope 12.",
})

# %% [markdown]
# ## Look
#
# Each small picture is a **slice**: the curve that you see when one variable moves and the other stands still. Move the point and
# watch the two slices change. Then make the step $h =$ 0.2<!-- drag --> small.

# %%
slices_explorer()

# %% [markdown]
# Each slice is a function of one variable. You know how to find its slope. That is all there is to a partial derivative.

# %% [markdown] covers="S0.03 S1.13"
# ## The partial derivative
#
# **In a sentence.** The partial derivative of $f$ with respect to one variable is the ordinary derivative of the slice in which
# only that variable moves and all others are frozen.
#
# **As a formula.** For a function of $x$ and $z$, and for a function of a vector with the components $x_1, \dots, x_n$:
#
# $$\frac{\partial f}{\partial x}(x, z) = \lim_{h \to 0} \frac{f(x + h, z) - f(x, z)}{h}$$
#
# $$\frac{\partial f}{\partial x_j}(\mathbf{x}) = \lim_{h \to 0} \frac{f(x_1, \dots, x_j + h, \dots, x_n) - f(x_1, \dots, x_j, \dots, x_n)}{h}$$
#
# **As a picture.** Cut the surface along the direction of one axis. The slope of the edge of the cut is the partial derivative.
#
# **As a number.** For $f = 4x^4z^3$ at $(1, 1)$ with $h = 0.001$ in $x$ only: $(4.016024 - 4)/0.001 = 16.024$, close to 16.
#
# A function of $n$ variables has $n$ partial derivatives. Side by side they have as many components as $\mathbf{x}$:
# component $j$ is $\partial f/\partial x_j$. Lesson 4 gives this list its name.

# %% [markdown]
# ## Which d?
#
# Four signs look alike and mean different things.
#
# | sign | read | meaning |
# |---|---|---|
# | $\dfrac{df}{dx}$ | dee | the derivative of a function of **one** variable |
# | $\dfrac{\partial f}{\partial x}$ | partial | the derivative in one variable of **several**, the others frozen |
# | $\delta$ | delta | a small change; with two indices, $\delta_{ij}$, the Kronecker delta: 1 if $i = j$, else 0 |
# | $\nabla f$ | nabla | all partial derivatives together: lesson 4 |
#
# One [source](../00_start_here/notation.md) of this course writes $\partial$ for a function of one variable. The other one writes the slope of
# $f(x, z) = 4x^4z^3$ in $x$ as $\delta f/\delta x$. Which sign should it be?
#
# - **a** $\delta f/\delta x$
# - **b** $df/dx$
# - **c** $\partial f/\partial x$
# - **d** $\nabla f$

# %% exercise="which_symbol"
def which_symbol():
    """The right sign for the slope of f(x, z) in x: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# To freeze a variable is to treat it as a number. What is left is a function of one variable, and the rules of [lesson 1b](../01b_rules/01b_rules.ipynb) apply: a constant
# factor stays in front, a constant term goes, and $x^n$ has the slope $n x^{n-1}$.

# %% [markdown] covers="S1.15"
# ## Freeze
#
# In code the variables travel together in one array. For $f(x, z)$ the element `x[0]` is the $x$ of the formula and `x[1]` is its $z$.
# Mathematics counts components from 1, code from 0: $x_1$ is `x[0]`.
#
# Write the function that cuts a slice. It takes $f$, a point, and the index of the variable that stays free. It returns a function of
# one number.

# %% exercise="freeze"
def freeze(f, x, i):
    """The slice of f at x in component i: the function t -> f(x with component i set to t).

    f takes an array of shape (n,). x is such an array, of floats or integers. It is not changed, now or later,
    and a later change of x does not change the slice.

    >>> g = freeze(lambda x: x[0] + 10 * x[1], np.array([1.0, 2.0]), 1)
    >>> float(g(2.0)), float(g(5.0))
    (21.0, 51.0)
    """
    ### BEGIN SOLUTION
    start = np.array(x, dtype=float)

    def cut(t):
        point = start.copy()
        point[i] = t
        return f(point)

    return cut
    ### END SOLUTION

# %% [markdown]
# Try it. The function below has been written for one array. Its slice in $x$ through $(1, 1)$ should be $4t^4$, and its slice in $z$
# should be $4t^3$.

# %%
def f(x): return 4 * x[0]**4 * x[1]**3


try:
    in_x, in_z = freeze(f, np.array([1.0, 1.0]), 0), freeze(f, np.array([1.0, 1.0]), 1)
    print("t = 2:", in_x(2.0), "and", in_z(2.0), "should be 64.0 and 32.0")
except NotImplementedError:
    print("write freeze first")

# %% [markdown] covers="S1.14 S1.15"
# ## Worked example: f(x, z) = 4x⁴z³
#
# The recipe has three steps: **freeze** the other variable and call what it contributes a constant, **differentiate**, **substitute back**.
#
# | step | with respect to $x$ | with respect to $z$ |
# |---|---|---|
# | freeze | $z^3 = c_1$ is a constant: $f = 4c_1x^4$ | $x^4 = c_2$ is a constant: $f = 4c_2z^3$ |
# | differentiate | $\dfrac{\partial f}{\partial x} = 16c_1x^3$ | $\dfrac{\partial f}{\partial z} = 12c_2z^2$ |
# | substitute back | $\dfrac{\partial f}{\partial x} = 16x^3z^3$ | $\dfrac{\partial f}{\partial z} = 12x^4z^2$ |
#
# There are two constants and they need two names. The source calls both of them $a$. Its result is right, but whoever puts the second $a$
# into the first column gets $16x^3 \cdot x^4 = 16x^7$, which is wrong.
#
# At $(1, 1)$ the slopes are 16 and 12, as in the explorer. Do not trust a formula that you have tested at $(1, 1)$ only: there every power
# is 1, and many mistakes are invisible.

# %% exercise="seed_partials"
def seed_partials(x, z):
    """The partial derivatives of 4 * x**4 * z**3 with respect to x and to z, for two numbers.

    >>> seed_partials(1.0, 2.0)
    (128.0, 48.0)
    """
    ### BEGIN SOLUTION
    return 16 * x**3 * z**3, 12 * x**4 * z**2
    ### END SOLUTION

# %% [markdown] covers="S0.04"
# ## A second one: y = x₁x₂
#
# Freeze $x_2$: a constant times $x_1$ remains, with the slope $x_2$. Freeze $x_1$: the slope is $x_1$. So
#
# $$\frac{\partial y}{\partial x_1} = x_2, \qquad \frac{\partial y}{\partial x_2} = x_1$$
#
# A fine first example, and a poor test. Each of its slices is a straight line, so *every* secant has the right slope, however large $h$ is:

# %%
def product(x): return x[0] * x[1]


h = 0.7
(product([2.0 + h, 3.0]) - product([2.0, 3.0])) / h

# %% [markdown]
# That is 3 but for rounding, with a step of 0.7. A poor step and a one-sided difference go unnoticed on $x_1x_2$. This course tests with functions whose slices are curved, and whose variables are entangled.

# %% [markdown]
# ## The same with steps left out: g(x, z) = x²z + 3z²
#
# Fill the gaps on paper before you read on.
#
# | step | with respect to $x$ | with respect to $z$ |
# |---|---|---|
# | freeze | $z = c_1$: $\;g = c_1x^2 + \ldots$ | $x^2 = c_2$: $\;g = \ldots + 3z^2$ |
# | differentiate | $2c_1x + \ldots$ | $c_2 + \ldots$ |
# | substitute back | $\ldots$ | $\ldots$ |
#
# <details><summary>Compare</summary>
#
# With respect to $x$: $3c_1^2$, a constant, whose derivative is 0; the result is $2xz$.
# With respect to $z$: $c_2z$, then $6z$; the result is $x^2 + 6z$.
#
# A frozen variable that stands alone is a constant and vanishes. A frozen variable that is a factor stays.
#
# </details>

# %% [markdown] covers="S0.03"
# ## In code
#
# Now the partial derivative of any function, at any point, in any variable. Use a central difference, and the step of lesson 2 when no $h$
# is given:
#
# $$\frac{\partial f}{\partial x_j} \approx \frac{f(\mathbf{x} + h\mathbf{e}_j) - f(\mathbf{x} - h\mathbf{e}_j)}{2h}$$
#
# Here $\mathbf{e}_j$ is the vector with a 1 in place $j$ and 0 elsewhere: adding $h\mathbf{e}_j$ moves component $j$ and no other.
#
# Two traps. If you add $h$ to an element of `x` itself, the caller's point has moved. And an array of integers has no room for 0.000006.

# %% exercise="partial_derivative"
def partial_derivative(f, x, i, h=None):
    """The partial derivative of f at x with respect to x[i], by a central difference: a number.

    f takes an array of shape (n,) and returns a number.
    x is an array of shape (n,), of floats or integers; it may be read-only.
    Without h, a step near the best one is used: the cube root of the machine epsilon,
    times the size of x[i] if that is above 1. For an f that changes on that scale it is right to about ten digits.
    A given h is used as it is.

    >>> float(round(partial_derivative(lambda x: x[0]**2 * x[1], np.array([3.0, 2.0]), 0), 6))
    12.0
    """
    ### BEGIN SOLUTION
    if h is None:
        h = np.cbrt(np.finfo(float).eps) * max(1.0, abs(x[i]))
    up, down = np.array(x, dtype=float), np.array(x, dtype=float)
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)
    ### END SOLUTION

# %% [markdown]
# Your two answers should agree: the formula by hand and the number by machine. Comparing them is called a **gradient check**. You will do it
# to most derivatives from here to the last lesson.

# %%
point = np.array([1.3, -0.7])
try:
    print("by hand:   ", np.array(seed_partials(point[0], point[1])))
    print("by machine:", np.array([partial_derivative(f, point, i) for i in range(2)]))
except NotImplementedError:
    print("write seed_partials and partial_derivative first")

# %% [markdown]
# ## What is held fixed?
#
# A partial derivative depends on what stands still, and the notation must say it. One source of this course writes the loss of a regression as
#
# $$\mathrm{MSE}(\mathbf{y}, \hat{\mathbf{y}}, \theta) = \frac{1}{m}\sum_{i=1}^{m}\big(y^{(i)} - \hat{y}^{(i)}\big)^2$$
#
# with three arguments: the targets $\mathbf{y}$, the predictions $\hat{\mathbf{y}}$ and the parameters $\theta$. Take it literally. What is
# $\partial\,\mathrm{MSE}/\partial\theta_1$, with the other arguments frozen?
#
# - **a** it depends on how the predictions follow from $\theta$
# - **b** 0
# - **c** $\frac{2}{m}\sum_i (\hat{y}^{(i)} - y^{(i)})$
# - **d** it does not exist

# %% exercise="held_fixed"
def held_fixed():
    """The value of the partial derivative, taken literally: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# The author means something else: a loss $L(\theta)$ in which the predictions $\hat{y}^{(i)}(\theta)$ move along with the parameters. Written so,
# there is no doubt. Lesson 4 takes its derivative.

# %% [markdown]
# ## Invent it: a slope along a curve
#
# Before you read on: $f(x, z) = x^2z$, and $z$ is not free but follows $x$ as $z = 2x^2$. At $x = 1$ the two partial derivatives are 4 and 1, and the curve has the slope 4.
# How fast does $f$ grow along the curve, for each unit of $x$? Nobody checks this cell.

# %%
def slope_on_the_curve(df_dx, df_dz, dz_dx):
    return ...  # yours


slope_on_the_curve(4.0, 1.0, 4.0)

# %% [markdown]
# <details><summary>Compare</summary>
#
# On the curve $f = 2x^4$, so it is 8.
#
# - `df_dx` gives 4: $z$ was held fixed, and it moves.
# - `df_dx + df_dz` gives 5: as if $z$ moved as fast as $x$. It moves four times as fast.
# - `df_dx * dz_dx` gives 16: the way through $z$ begins with the slope of $f$ in $z$.
#
# </details>

# %% [markdown]
# ## Partial or total?
#
# Suppose $z$ is not free but follows $x$: you walk along the curve $z = x^2$ on the surface of $f(x, z) = 4x^4z^3$. Now two things change $f$ when $x$
# moves: $x$ itself, and $z$, which it drags along. The slope along the curve is the **total derivative**, with a straight $d$:
#
# $$\frac{df}{dx} = \frac{\partial f}{\partial x} + \frac{\partial f}{\partial z}\,\frac{dz}{dx}$$
#
# At $x = 1$ on this curve: $16 + 12 \cdot 2 = 40$. The partial derivative is still 16.
#
# ## Find the wrong line
#
# Somebody computes $df/dx$ on the curve $z = x^2$.
#
# | letter | line |
# |---|---|
# | A | On the curve, $f(x, x^2) = 4x^{10}$. |
# | B | With $z$ frozen, $\dfrac{\partial f}{\partial x} = 16x^3z^3$. |
# | C | On the curve this has the value $16x^3 \cdot x^6 = 16x^9$. |
# | D | So $\dfrac{df}{dx} = 16x^9$ on the curve. |
# | E | From line A, the derivative of $4x^{10}$ is $40x^9$. |
#
# One line is wrong. Numbers find it: put $x = 1$ into the lines.

# %% exercise="find_the_wrong_derivative"
def find_the_wrong_derivative():
    """The letter of the wrong line, "a" to "e"."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION

# %% [markdown]
# The source of this example writes the entries of a gradient as $df/dx$ and $df/dz$. You see now why that is more than a matter of taste: the
# straight $d$ promises that everything that depends on $x$ has moved.

# %% exercise="total_derivative"
def total_derivative(df_dx, df_dz, dz_dx):
    """The slope of x -> f(x, z(x)) at a point, from three numbers:

    the partial derivatives of f at (x, z(x)), and the slope of the curve z there.

    >>> total_derivative(16.0, 12.0, 2.0)
    40.0
    """
    ### BEGIN SOLUTION
    return df_dx + df_dz * dz_dx
    ### END SOLUTION

# %% [markdown]
# ## Twice
#
# A partial derivative is a function of all variables again. It has partial derivatives of its own:
#
# $$\frac{\partial^2 f}{\partial x\,\partial z} = \frac{\partial}{\partial x}\left[\frac{\partial f}{\partial z}\right] = \frac{\partial}{\partial x}\,12x^4z^2 = 48x^3z^2$$
#
# In the other order: $\frac{\partial}{\partial z}\,16x^3z^3 = 48x^3z^2$. The same. That is no accident: when the second derivatives are continuous, the
# order does not matter (the theorem of Schwarz).
#
# As a difference, take the central difference in $x_j$ of the central difference in $x_i$. Four values of $f$ are left, at the corners of a small
# square around the point. (For $i = j$ two of the corners fall together in the point itself.) Write down their signs before you code.
#
# The difference of a difference loses more digits: rounding is divided by $h^2$. The best step is now about $\varepsilon^{1/4} \approx 1.2 \cdot 10^{-4}$, where
# the entries of $\mathbf{x}$ are not far above 1 in size. Farther out it would have to grow with them, as in lesson 2; this function leaves that out.

# %% exercise="mixed_partials"
def mixed_partials(f, x, i, j, h=None):
    """The second partial derivative of f at x, with respect to x[i] and x[j], by central differences.

    x is an array of shape (n,), of floats or integers; it may be read-only. i and j may be equal.
    Without h, a step near the best one is used: the fourth root of the machine epsilon, for entries of x that are not far above 1 in size.
    A given h is used as it is.

    >>> float(round(mixed_partials(lambda x: x[0]**2 * x[1]**3, np.array([1.0, 2.0]), 0, 1), 4))
    24.0
    """
    ### BEGIN SOLUTION
    h = np.finfo(float).eps ** 0.25 if h is None else h
    total = 0.0
    for s in (1, -1):
        for r in (1, -1):
            point = np.array(x, dtype=float)
            point[i] += s * h
            point[j] += r * h
            total += s * r * f(point)
    return total / (2 * h) ** 2
    ### END SOLUTION

# %% [markdown]
# ## What partial derivatives do not promise
#
# In one variable, a derivative means that a straight line fits. In several, partial derivatives look along the axes only. Take
#
# $$f(x, z) = \frac{xz}{x^2 + z^2}, \qquad f(0, 0) = 0$$
#
# and look at the origin: along the $x$ axis, along the $z$ axis, and along the diagonal $x = z = t$. The cell prints the quotient
# $(f - f(0, 0))/t$ for each.

# %%
def ridge(x, z): return x * z / (x**2 + z**2)


for t in (0.1, 0.01, 0.001):
    print(f"t = {t}: along x {ridge(t, 0) / t:g}, along z {ridge(0, t) / t:g}, along the diagonal {ridge(t, t) / t:g}")

# %% [markdown]
# What is true at the origin?
#
# - **a** The partial derivatives do not exist there.
# - **b** Both partial derivatives exist, so $f$ is continuous there.
# - **c** Both partial derivatives are 0, and $f$ is not differentiable there.
# - **d** Both partial derivatives are 0, so the slope along the diagonal is 0 too.

# %% exercise="partials_enough"
def partials_enough():
    """The true statement: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# For a function to be differentiable at $\mathbf{x}$, one linear map must fit in **all** directions at once:
#
# $$f(\mathbf{x} + \mathbf{h}) = f(\mathbf{x}) + \sum_j \frac{\partial f}{\partial x_j}(\mathbf{x})\,h_j + o(\lVert\mathbf{h}\rVert)$$
#
# It is enough that the partial derivatives exist *near* the point and are continuous there. Nearly every function in this course is of that kind.

# %% [markdown]
# ## Catch the mistake
#
# Three colleagues compute $\partial f/\partial x$ of $f(x, y) = x^a y^b$. Find a place and two exponents on which *all three* are wrong.

# %% exercise="catch_the_exponents"
def catch_the_exponents():
    """The numbers (x, y, a, b) on which all three functions above differ from ∂f/∂x.

    x and y are not 0 and at most 10 in size, a and b are whole numbers from 0 to 5.
    """
    ### BEGIN SOLUTION
    return 2.0, 3.0, 2, 1
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who knows the ordinary derivative: what is a partial derivative, and what does the word *frozen* mean in it?

# %% [markdown]
# *Your sentence here.*

# %% [markdown] covers="S1.20"
# ## What you can do now
#
# - I can cut a slice out of a function and say which variables are frozen.
# - I can find both partial derivatives of a function like $4x^4z^3$ by hand, and put the constants back.
# - I can compute a partial derivative in code without spoiling the point, and I know why not to test it on $x_1x_2$.
# - I can tell a partial from a total derivative, and which letter d belongs to which.
# - I can name a function that has both partial derivatives at a point and is not differentiable there.

# %%
progress("03_partial_derivative")

# %% [markdown]
# Next: [all slopes in one arrow](../04_gradient/04_gradient.ipynb)
