# %% [markdown] covers="S1.08"
# # 4 · The gradient
#
# **The question:** which way is up, and how steep is it there?
#
# Lesson 3 left you with one slope for each variable. Put side by side they make an arrow, and the arrow knows more than its entries:
# it knows the slope in *every* direction. This lesson draws the arrow, computes it for any function, and then takes the gradient that
# matters most here: that of a loss.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: partial derivatives (lesson 3), the chain rule (lesson 1b), the central difference (lesson 2), and products of arrays in NumPy.
#
# You will be able to: compute gradients by hand and by differences, say how f changes in any direction, derive the gradient of the mean
# squared error with the right sign, and test whether a gradient that somebody hands you is right.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import compass_explorer, mse_explorer

# %% [markdown]
# ## Part 1: The gradient, and every direction
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Warm-up
#
# Four questions from earlier lessons. Answer from memory; looking things up comes after.
#
# **One.** $T$ is the tangent at $x_0$ of a curve $f$ with $f''(x_0) \neq 0$. You halve the small step $h$. What happens to the error
# $f(x_0 + h) - T(x_0 + h)$?
#
# - **a** about a half is left
# - **b** about a quarter is left
# - **c** about an eighth is left
# - **d** there is no error: the tangent touches the curve

# %% exercise="recall_tangent_error"
def recall_tangent_error():
    """The letter of your answer, for example "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# **Two.** You compute a central difference at $x = 1$ with $h = 10^{-14}$, and the result is poor. Why?
#
# - **a** the curve bends too much between the two points
# - **b** the two points have become the same float
# - **c** too many steps are taken
# - **d** the two values of $f$ agree in nearly all digits, and their difference keeps only the rounding

# %% exercise="recall_rounding"
def recall_rounding():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION

# %% [markdown]
# **Three.** What is $\partial g/\partial x$ for $g(x, z) = x^2z + 3z^2$?
#
# - **a** $2xz$
# - **b** $2xz + 6z$
# - **c** $x^2 + 6z$
# - **d** $2x$

# %% exercise="recall_frozen_term"
def recall_frozen_term():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION

# %% [markdown]
# **Four.** `p` has the shape `(5,)` and `y` has the shape `(5, 1)`. Which shape has `p - y`?
#
# - **a** `(5,)`
# - **b** `(5, 1)`
# - **c** `(5, 5)`
# - **d** none, NumPy raises an error

# %% exercise="recall_broadcast"
def recall_broadcast():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# ## Invent it: straight uphill
#
# Before you read on: at a point of a map the partial derivatives are 16 and 12. A small step $(v_x, v_z)$ changes $f$ by about $16v_x + 12v_z$. In which direction is it
# steepest? Nobody checks this cell; it prints the slope in your direction.

# %%
def uphill(df_dx, df_dz):
    return 0.0, 1.0  # yours: the two components of a direction


v = np.array(uphill(16.0, 12.0))
float((16 * v[0] + 12 * v[1]) / np.linalg.norm(v))

# %% [markdown]
# <details><summary>Compare</summary>
#
# - The steeper of the two axes, `(1, 0)`, gives 16.
# - Halfway between them, `(1, 1)`, gives 19.8.
# - `(df_dz, df_dx)` gives 19.2.
# - `(df_dx, df_dz)` gives 20, and nothing gives more. Why that is so comes below.
#
# </details>

# %% [markdown]
# ## Predict first
#
# You stand on a hillside. Straight uphill is to the north-east, and there the slope is 20. In some direction the ground is level: you could walk
# that way and stay at the same height, for a first small step.

# %%
predict("compass", "In which direction is the ground level?", {
    "south-west": "That is straight downhill, the slope there is -20. Level ground lies at right angles to uphill: north-west and south-east.",
    "north-west": "Yes, and south-east as well. At right angles to the steepest way the slope is 0: that is the contour line.",
    "none": "Going round from uphill, slope 20, to downhill, slope -20, the slope passes 0 on the way: at right angles, north-west and south-east.",
})

# %% [markdown]
# ## Look
#
# Turn the compass; it points to 0°<!-- drag --> at first. On the left you see the map with its contour lines, from above: the arrow lies **in the map**, not on the hill. On the right
# you see the slope for every direction.

# %%
compass_explorer()

# %% [markdown]
# Look again at the curve on the right: it is a cosine. Its peak is as high as the arrow is long, and it lies in the direction of the arrow. Two
# numbers, the two partial derivatives, have fixed the slope in all directions. Does it hold for a function of yours? Try
# `compass_explorer(lambda x: x[0]**3 - x[0] * x[1], x=(1.0, 0.5))`, and then one with a corner, such as `lambda x: abs(x[0]) + x[1]` at `x=(0.0, 0.5)`.

# %% [markdown] covers="S0.03 S1.16 S1.17"
# ## The gradient
#
# **In a sentence.** The gradient of $f$ at $\mathbf{x}$ is the vector of all its partial derivatives there.
#
# **As a formula.**
#
# $$\nabla f(\mathbf{x}) = \left(\frac{\partial f}{\partial x_1}(\mathbf{x}),\; \dots,\; \frac{\partial f}{\partial x_n}(\mathbf{x})\right)^\top$$
#
# **As a picture.** An arrow in the map of the inputs. It points straight uphill, at right angles to the contour line, and it is the longer
# the steeper the ground is.
#
# **As a number.** For $f(x, z) = 4x^4z^3$ lesson 3 found $16x^3z^3$ and $12x^4z^2$, so
#
# $$\nabla f(x, z) = \big(16x^3z^3,\; 12x^4z^2\big)^\top, \qquad \nabla f(1, 1) = (16,\; 12)^\top$$
#
# Its length is $\sqrt{16^2 + 12^2} = 20$: the steepest slope at $(1, 1)$. (On paper a gradient is a column. The $\top$ turns the row into one.)
#
# Three things to keep straight:
#
# - The gradient belongs to functions $f: \mathbb{R}^n \to \mathbb{R}$: many numbers in, **one** number out. A loss is such a function.
#   For more outputs there is a matrix: lesson 5.
# - $\nabla$ alone is no value. It is something done to a function: write $\nabla f(\mathbf{x})$, and $\nabla_\theta L(\theta)$ when you must say which variable.
# - The gradient has as many entries as $\mathbf{x}$, and **the same shape**. If the parameters of a model are a matrix, so is the gradient.

# %% [markdown] covers="S0.04"
# ## Row or column?
#
# For $y = x_1x_2$ one [source](../00_start_here/notation.md) of this course prints the row $(x_2 \;\; x_1)$, and a page later a gradient as a column. Both are in use, and they are two
# things: the row is the **derivative** $\partial y/\partial\mathbf{x}$, a matrix with one row, and the column is its transpose, the **gradient**. On paper the
# difference matters as soon as matrices are multiplied. In NumPy it does not arise: the shape of a gradient is the shape of `x`, which is
# `(n,)` and neither row nor column.

# %% [markdown]
# ## In code
#
# Write the gradient of any function, for an array of any shape. It is lesson 3 once for each element. The traps are the same, and there is a
# new one: start every partial derivative from the *same* point.

# %% exercise="gradient"
def gradient(f, x, h=None):
    """The gradient of f at x by central differences, in the shape of x.

    f takes an array of the shape of x and returns a number; ValueError is raised when it returns an array.
    x is an array of any shape, of floats or integers; it may be read-only.
    Without h, each element has its own step: the cube root of the machine epsilon,
    times the size of the element if that is above 1. For an f that changes on that scale it is right to about ten digits.
    A given h is used as it is.

    >>> gradient(lambda x: x[0]**2 * x[1], np.array([3.0, 2.0])).round(6)
    array([12.,  9.])
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    result = np.empty(x.shape)
    for k in np.ndindex(x.shape):
        step = np.cbrt(np.finfo(float).eps) * max(1.0, abs(x[k])) if h is None else h
        up, down = x.copy(), x.copy()
        up[k], down[k] = x[k] + step, x[k] - step
        high, low = f(up), f(down)
        if np.ndim(high) > 0:
            raise ValueError("f must return one number: a function with several outputs has no gradient")
        result[k] = (high - low) / (2 * step)
    return result
    ### END SOLUTION

# %%
def f(x): return 4 * x[0]**4 * x[1]**3


try:
    print("should be close to [16. 12.]:", gradient(f, np.array([1.0, 1.0])))
except NotImplementedError:
    print("write gradient first")

# %% [markdown]
# ## Every direction
#
# Walk from $\mathbf{x}$ with the velocity $\mathbf{v}$. How fast does $f$ change at the start?
#
# **In a sentence.** The directional derivative of $f$ along $\mathbf{v}$ is the derivative of $f$ along the straight line $\mathbf{x} + t\mathbf{v}$ at $t = 0$.
#
# **As a formula.**
#
# $$D_{\mathbf{v}}f(\mathbf{x}) = \lim_{t \to 0} \frac{f(\mathbf{x} + t\mathbf{v}) - f(\mathbf{x})}{t} = \nabla f(\mathbf{x}) \cdot \mathbf{v} = \sum_{j=1}^{n} \frac{\partial f}{\partial x_j}(\mathbf{x})\,v_j$$
#
# The middle step holds where $f$ is differentiable: each component of $\mathbf{v}$ contributes its own partial derivative.
#
# **As numbers.** At $(1, 1)$ the gradient of $4x^4z^3$ is $(16, 12)$.
#
# | $\mathbf{v}$ | $\nabla f \cdot \mathbf{v}$ | what it is |
# |---|---|---|
# | $(1, 0)$ | 16 | the partial derivative in $x$ |
# | $(0.6, 0.8)$ | 19.2 | a direction of length 1 |
# | $(0.8, 0.6)$ | 20 | the direction of the gradient: nothing of length 1 gives more |
# | $(-0.6, 0.8)$ | 0 | along the contour line |
# | $(6, 8)$ | 192 | the second row, ten times as fast |
#
# Compare the second and the last row. They have the same direction and different lengths. $D_{\mathbf{v}}f$ takes $\mathbf{v}$ as it is, length included, and is
# linear in $\mathbf{v}$. A **slope** is per unit of distance: for a slope, shorten $\mathbf{v}$ to length one first. Books differ in what they call the directional
# derivative; here it is always the linear one. Write both.

# %% exercise="directional_derivative"
def directional_derivative(f, x, v):
    """The rate of change of f at x along v, a vector of any length: a number, linear in v.

    x and v are arrays of the same shape (n,). You may use your gradient.
    Right to about ten digits, as a central difference is, for a long v and for a short one.

    >>> float(round(directional_derivative(lambda x: x[0] * x[1], np.array([3.0, 2.0]), np.array([1.0, 10.0])), 6))
    32.0
    """
    ### BEGIN SOLUTION
    return np.sum(gradient(f, x) * v)
    ### END SOLUTION

# %% exercise="slope_along"
def slope_along(f, x, v):
    """The slope of f at x in the direction of v: the change for each unit of distance.

    x and v are arrays of the same shape (n,). Raises ValueError when v is 0.
    Right to about ten digits, as a central difference is, for a long v and for a short one.

    >>> float(round(slope_along(lambda x: x[0] * x[1], np.array([3.0, 2.0]), np.array([0.0, 10.0])), 6))
    3.0
    """
    ### BEGIN SOLUTION
    length = np.linalg.norm(v)
    if length == 0:
        raise ValueError("v must not be 0: it points nowhere")
    return directional_derivative(f, x, v) / length
    ### END SOLUTION

# %% [markdown]
# ## Which way is steepest?
#
# For $\mathbf{v}$ of length 1, the product $\nabla f \cdot \mathbf{v}$ is the length of the gradient times the cosine of the angle between the two:
#
# $$D_{\mathbf{v}}f = \lVert\nabla f\rVert \cos\varphi$$
#
# The cosine is 1 at most, and it is 1 for $\varphi = 0$. So the gradient points in the direction of steepest ascent, its length is the slope there, and
# straight against it lies the steepest descent. Gradient descent, lesson 9, walks that way.
#
# Fill the gap: at $\varphi = 60^\circ$ from the gradient $(16, 12)$ the slope is $20 \cdot \ldots = \ldots$
#
# <details><summary>Compare</summary>
#
# $20 \cdot 0.5 = 10$. Sixty degrees off the steepest way, half of the slope is left.
#
# </details>

# %% exercise="steepest_ascent_direction"
def steepest_ascent_direction(g):
    """The direction of steepest ascent, where g is the gradient: (n,) -> (n,).

    It has length 1. g may hold whole numbers. When g is 0 there is no such direction, and zeros are returned.

    >>> steepest_ascent_direction(np.array([3.0, 4.0]))
    array([0.6, 0.8])
    """
    ### BEGIN SOLUTION
    length = np.linalg.norm(g)
    return g / length if length > 0 else np.zeros(np.shape(g))
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You can compute a gradient, the slope in any direction, and the direction in which $f$ rises fastest.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: The gradient of a loss
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Invent it: how bad is a line?
#
# Before you read on: write one number that tells how bad predictions are. It should be smallest when all of them are right, and smooth, because you will want its slopes.
# Nobody checks this cell.

# %%
def how_bad(predictions, targets):
    return ...  # yours


targets = np.array([1.0, 2.0, 3.0])
how_bad(np.array([2.0, 2.0, 2.0]), targets), how_bad(targets, targets)

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `np.sum(predictions - targets)` gives 0 for both: too high and too low cancel.
# - `np.abs(predictions - targets).max()` gives 1. It sees the worst example alone.
# - `np.abs(predictions - targets).mean()` gives 2/3. It has a corner wherever a prediction meets its target: there is no slope (lesson 1).
# - `np.sum((predictions - targets)**2)` gives 2. Write every example down twice, and the same predictions get 4.
# - The mean of the squares gives 2/3, is smooth, and stays when the examples are doubled.
#
# </details>

# %% [markdown] covers="S0.05"
# ## A loss
#
# Now the function that the whole course is after. You have $m$ examples. Example $i$ has $n$ features $x_1^{(i)}, \dots, x_n^{(i)}$ and a target $y^{(i)}$.
# (Examples are numbered by superscripts in brackets, components by subscripts. A superscript without brackets is a power.)
# A linear model predicts
#
# $$\hat{y}^{(i)} = \theta_0 + \theta_1x_1^{(i)} + \dots + \theta_nx_n^{(i)}$$
#
# and the **mean squared error** says how bad the predictions are:
#
# $$L(\theta) = \frac{1}{m}\sum_{i=1}^{m}\big(y^{(i)} - \hat{y}^{(i)}(\theta)\big)^2$$
#
# It is one number, it depends on all parameters, and so it has a gradient.
#
# $\theta_0$ has no feature. Give it one that is always 1, $x_0^{(i)} = 1$. Then the prediction is the plain product $\theta^\top x^{(i)} = \sum_k \theta_kx_k^{(i)}$, and
# for all examples at once it is `X @ theta`, where row $i$ of the matrix $X$ is example $i$ and the **first column is ones**. Forget the column, and
# nothing is there for $\theta_0$ to be multiplied with.
#
# Six invented penguins: flipper length in centimetres, counted from 20, and body mass in kilograms.

# %%
flipper = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
mass = np.array([3.4, 3.7, 4.1, 4.6, 5.1, 5.5])
X = np.column_stack([np.ones(len(flipper)), flipper])
X

# %% exercise="mse"
def mse(X, y, theta):
    """The mean squared error of the predictions X @ theta: (m, n), (m,), (n,) -> a number.

    The first column of X is ones already. Raises ValueError when y does not have the shape (m,).

    >>> float(mse(np.array([[1.0, 2.0], [1.0, 4.0]]), np.array([5.0, 8.0]), np.array([1.0, 1.0])))
    6.5
    """
    ### BEGIN SOLUTION
    if np.shape(y) != (len(X),):
        raise ValueError(f"y has the shape {np.shape(y)}, it must be {(len(X),)}")
    return np.mean((X @ theta - y) ** 2)
    ### END SOLUTION

# %% [markdown]
# ## Who depends on what?
#
# Two readings of the same formulas. The sentences come from one source of this course, and some of them are not right.
#
# **One.** You nudge $\theta_1$ a little and compute the loss again. What has moved on the way?
#
# - **a** $y^{(i)}$, $\hat{y}^{(i)}$ and $L$
# - **b** $\hat{y}^{(i)}$ and $L$
# - **c** only $L$
# - **d** $x_1^{(i)}$, $\hat{y}^{(i)}$ and $L$
#
# (The source writes $\mathrm{MSE}(\mathbf{y}, \hat{\mathbf{y}}, \theta)$, as if the predictions and the parameters were separate arguments. You met that in lesson 3.)

# %% exercise="what_moves"
def what_moves():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown] covers="S0.06"
# **Two.** $\theta_0$ is the intercept: the prediction where all features are 0. What is $\theta_j$ for $j \geq 1$? The sensitivity …
#
# - **a** of the loss to the feature $x_j$
# - **b** of the loss to the parameter $\theta_j$
# - **c** of the prediction to the feature $x_j$
# - **d** of the feature $x_j$ to the prediction

# %% exercise="sensitivity_of_what"
def sensitivity_of_what():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown] covers="S0.07"
# The gradient of the loss collects its slopes in the parameters, from $\theta_0$ on. As a column:
#
# $$\nabla_\theta L(\theta) = \Big(\frac{\partial L}{\partial\theta_0},\; \frac{\partial L}{\partial\theta_1},\; \dots,\; \frac{\partial L}{\partial\theta_n}\Big)^\top$$
#
# Below such a column the source says: "the derivative of $L_\theta$ with respect to independent variable $j$". Read the $\partial$: below it stands $\theta_j$, parameter $j$. The features are data, and stand still.
#
# On the way you will need $\frac{\partial}{\partial\theta_j}\sum_k \theta_kx_k$. All parameters but $\theta_j$ are frozen, so one term of the sum moves, and its slope is $x_j$. With Kronecker's delta, which is 1 if
# $k = j$ and 0 otherwise, the same reads $\sum_k \frac{\partial\theta_k}{\partial\theta_j}\,x_k = \sum_k \delta_{kj}x_k = x_j$.

# %% [markdown]
# ## Worked example: one example, one parameter
#
# The model is $\hat y = \theta x$, and the one example has $x = 2$, $y = 5$. So $L(\theta) = (5 - 2\theta)^2$.
#
# | step | line | rule |
# |---|---|---|
# | 1 | outside $u^2$, inside $u = 5 - 2\theta$ | take $L$ apart |
# | 2 | $\dfrac{dL}{d\theta} = 2u \cdot \dfrac{du}{d\theta}$ | chain rule of [lesson 1b](../01b_rules/01b_rules.ipynb) |
# | 3 | $\dfrac{du}{d\theta} = -2$ | the slope of the inside, its sign included |
# | 4 | $\dfrac{dL}{d\theta} = -4\,(5 - 2\theta)$ | put in |
#
# At $\theta = 1$ the slope is $-12$. The prediction 2 is too low, so more of $\theta$ makes the loss smaller: the sign is right. Numbers say the same:

# %%
((5 - 2 * 1.001)**2 - (5 - 2 * 1.0)**2) / 0.001

# %% [markdown] covers="S0.08"
# ## Find the wrong line
#
# This is how the source derives the slope of the loss in $\theta_j$. The name of the rule stands beside each line.
#
# | letter | $\dfrac{\partial L}{\partial\theta_j} =$ | rule |
# |---|---|---|
# | A | $\dfrac{1}{m}\sum_i \dfrac{\partial}{\partial\theta_j}\big(y^{(i)} - \hat{y}^{(i)}\big)^2$ | the derivative of a sum is the sum of the derivatives |
# | B | $\dfrac{1}{m}\sum_i 2\,\big(y^{(i)} - \hat{y}^{(i)}\big)\,\dfrac{\partial}{\partial\theta_j}\hat{y}^{(i)}$ | chain rule |
# | C | $\dfrac{1}{m}\sum_i 2\,\big(y^{(i)} - \hat{y}^{(i)}\big)\,\dfrac{\partial}{\partial\theta_j}\big(\theta^\top x^{(i)}\big)$ | the model is put in |
# | D | $\dfrac{1}{m}\sum_i 2\,\big(y^{(i)} - \hat{y}^{(i)}\big)\,x_j^{(i)}$ | one term of the sum is left |
# | E | $\dfrac{2}{m}\sum_i \big(y^{(i)} - \hat{y}^{(i)}\big)\,x_j^{(i)}$ | the factor 2 is pulled out |
#
# Which line is the first that is wrong? A single example with numbers of your choice is enough to find out.

# %% exercise="wrong_line_of_the_loss"
def wrong_line_of_the_loss():
    """The letter of the first wrong line, "a" to "e"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown] covers="S0.08"
# ## The derivation, right
#
# | number | $\dfrac{\partial L}{\partial\theta_j} =$ | rule |
# |---|---|---|
# | 1 | $\dfrac{1}{m}\sum_i \dfrac{\partial}{\partial\theta_j}\big(y^{(i)} - \hat{y}^{(i)}\big)^2$ | definition, and the derivative of a sum |
# | 2 | $\dfrac{1}{m}\sum_i 2\,\big(y^{(i)} - \hat{y}^{(i)}\big)\cdot\Big(-\dfrac{\partial}{\partial\theta_j}\hat{y}^{(i)}\Big)$ | chain rule: inside stands **minus** $\hat{y}^{(i)}$ |
# | 3 | $-\dfrac{1}{m}\sum_i 2\,\big(y^{(i)} - \hat{y}^{(i)}\big)\,\dfrac{\partial}{\partial\theta_j}\sum_k\theta_kx_k^{(i)}$ | $\hat{y}^{(i)} = \theta^\top x^{(i)}$ |
# | 4 | $-\dfrac{2}{m}\sum_i \big(y^{(i)} - \hat{y}^{(i)}\big)\,x_j^{(i)}$ | only the term $k = j$ moves |
# | 5 | $\dfrac{2}{m}\sum_i \big(\hat{y}^{(i)} - y^{(i)}\big)\,x_j^{(i)}$ | the sign goes into the bracket |
#
# Line 5 is easy to remember: **prediction minus target, times the feature**, averaged and doubled. If the prediction is too high and the feature is
# positive, more of the parameter makes it worse: the slope is positive.
#
# All entries at once: with the errors $\mathbf{e} = X\theta - \mathbf{y}$ of shape $(m,)$,
#
# $$\nabla_\theta L(\theta) = \frac{2}{m}X^\top(X\theta - \mathbf{y})$$
#
# Check the shapes: $X^\top$ is $n \times m$ and the errors have $m$ entries, so the product has $n$ entries, one for each parameter. Here $n$ counts the column of ones. Another page by the same author
# prints $X^\top(\theta^\top X - \mathbf{y})$. It has the right sign, and its shapes do not fit together. A shape check finds that one. It does not find a wrong sign:
# for that you need numbers.

# %% exercise="mse_gradient"
def mse_gradient(X, y, theta):
    """The gradient of the mean squared error in theta: (m, n), (m,), (n,) -> (n,).

    The first column of X is ones already. Raises ValueError when y does not have the shape (m,).

    >>> mse_gradient(np.array([[1.0, 2.0], [1.0, 4.0]]), np.array([5.0, 8.0]), np.array([1.0, 1.0]))
    array([ -5., -16.])
    """
    ### BEGIN SOLUTION
    if np.shape(y) != (len(X),):
        raise ValueError(f"y has the shape {np.shape(y)}, it must be {(len(X),)}")
    return 2 / len(X) * X.T @ (X @ theta - y)
    ### END SOLUTION

# %% [markdown]
# ## The fingerprint of a slip
#
# A **gradient check** compares a gradient from a formula with one by differences. How far they are apart says the relative error of lesson 0:
#
# $$\text{relative error} = \frac{\lVert\mathbf{a} - \mathbf{b}\rVert}{\max(\lVert\mathbf{a}\rVert, \lVert\mathbf{b}\rVert)}$$
#
# It is 0 for equal vectors and 2 at most. Before you run the cell: what is it when the sign is flipped? And when a factor 2 is missing?

# %%
theta = np.array([4.0, 0.1])
try:
    b = gradient(lambda theta: mse(X, mass, theta), theta)
    for name, factor in {"yours": 1, "sign flipped": -1, "factor 2 missing": 0.5, "sum, not mean": 6}.items():
        a = factor * mse_gradient(X, mass, theta)
        print(f"{name:17} {np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)):.6f}")
except NotImplementedError:
    print("write gradient, mse and mse_gradient first")

# %% [markdown]
# But for rounding, a flipped sign gives 2, and a factor 2 too much or too little gives 1/2. When a check of your own shows one of these numbers, look for that first. A 2 has no other
# cause: only vectors of opposite directions and one length are so far apart. The 1/2 is a hint and no proof: two vectors of one length that stand at an angle of
# 29 degrees give it as well.

# %% [markdown]
# ## What a wrong gradient does
#
# Gradient descent takes small steps against the gradient: $\theta \leftarrow \theta - \eta\,\nabla L(\theta)$. Now it is given the gradient with the sign of
# the published derivation. The picture begins after 0<!-- drag --> steps.

# %%
predict("mse", "What will the loss do with the published sign?", {
    "fall more slowly": "Try the button with the published sign: every step goes uphill, so the loss grows, and faster from step to step.",
    "fall as before": "Try the button with the published sign: every step goes uphill, so the loss grows, and faster from step to step.",
    "grow": "Yes. Minus times minus is plus: every step goes straight uphill, and the loss grows faster from step to step.",
})

# %%
mse_explorer()

# %% [markdown]
# Run it with your own functions. Each slip below is one of the named mistakes of `mse_gradient`. The smallest possible loss for these six penguins is
# about 0.0032.

# %%
slips = {"right": 1, "sign flipped": -1, "factor 2 missing": 0.5, "sum, not mean": 6, "no slope for the intercept": np.array([0, 1])}
try:
    for name, factor in slips.items():
        theta = np.zeros(2)
        for step in range(60):
            theta = theta - 0.1 * factor * mse_gradient(X, mass, theta)
        print(f"{name:27} loss after 60 steps: {mse(X, mass, theta):.4g}")
except NotImplementedError:
    print("write mse and mse_gradient first")

# %% [markdown]
# Two slips explode. Two are quiet: with half the gradient the descent arrives all the same, only later, and without the slope of the intercept it stops at a bad line
# with no sign of trouble. Loud mistakes are found by looking. Quiet ones are found by a gradient check.

# %% [markdown]
# ## Another test: the Taylor remainder
#
# The central difference checks one entry at a time. There is a test that checks a whole gradient $\mathbf{g}$ with a few values of $f$. Use it to forecast
# $f$ along a direction $\mathbf{d}$:
#
# $$R(h) = \big|f(\mathbf{x} + h\mathbf{d}) - f(\mathbf{x}) - h\,\mathbf{g}\cdot\mathbf{d}\big|$$
#
# If $\mathbf{g}$ is the gradient, the linear part is right, and the rest falls with $h^2$: your first warm-up question. If $\mathbf{g}$ is wrong, a part in
# proportion to $h$ remains. On paper with logarithms on both axes, $R = c\,h^p$ is a straight line with the slope $p$:
#
# $$\log R = \log c + p\,\log h$$
#
# So the slope is about 2 for a right gradient and about 1 for one that is wrong by some per cent. A smaller mistake shows only at smaller $h$: one of a millionth
# part hides behind the curvature, and the slope is near 2 again. Where $f$ is straight along $\mathbf{d}$ a right gradient leaves nothing but rounding, and no slope
# can be read off; where only its curvature along $\mathbf{d}$ is 0, the slope is 3 or more.
#
# One warning: a wrong gradient can be right along one particular $\mathbf{d}$. Use a random direction, or several.

# %% exercise="taylor_order"
def taylor_order(f, grad, x, d):
    """The power p with which the error of the linear forecast of f along d falls: a number.

    grad is a function that claims to return the gradient of f.
    x, d and grad(x) are arrays of the same shape, which may be that of a matrix.
    Steps h from 0.1 down to 0.0001 suit the functions of this course.

    >>> order = taylor_order(lambda x: x[0]**2 * x[1], lambda x: x, np.array([3.0, 2.0]), np.array([0.5, 0.7]))
    >>> float(round(order, 1))
    1.0
    """
    ### BEGIN SOLUTION
    hs = np.array([1e-1, 1e-2, 1e-3, 1e-4])
    slope = np.sum(grad(x) * d)
    errors = [abs(f(x + h * d) - f(x) - h * slope) for h in hs]
    return np.polyfit(np.log(hs), np.log(errors), 1)[0]
    ### END SOLUTION

# %% [markdown]
# Try it on your own gradient of the loss, and on the published one.

# %%
try:
    start, d = np.array([4.0, 0.1]), np.array([0.3, -0.5])
    for name, sign in (("yours", 1), ("published", -1)):
        order = taylor_order(lambda t: mse(X, mass, t), lambda t: sign * mse_gradient(X, mass, t), start, d)
        print(f"{name}: {order:.2f}")
except NotImplementedError:
    print("write mse, mse_gradient and taylor_order first")

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues compute the gradient of the mean squared error, and both tried it on a table of two examples with two features. Find data on which *both* are wrong. Whoever stops with an exception is wrong, too.

# %% exercise="catch_the_square_table"
def catch_the_square_table():
    """Data (X, y, theta) on which both functions above fail to give the gradient of the mean squared error.

    X is (m, n), y is (m,), theta is (n,), with entries of at most 100 in size.
    """
    ### BEGIN SOLUTION
    return [[1.0, 2.0], [1.0, 4.0], [1.0, 5.0]], [1.0, 2.0, 4.0], [1.0, 1.0]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who knows the slope of a curve: what does the *length* of a gradient tell, and what its *direction*?

# %% [markdown]
# *Your sentence here.*

# %% [markdown] covers="S1.20"
# ## What you can do now
#
# - I can compute a gradient by hand and by differences, in the shape of the argument.
# - I can find the slope in any direction from the gradient, and say when to shorten the direction to length one.
# - I can say why the gradient points uphill at right angles to the contour line.
# - I can derive the gradient of the mean squared error line by line, with the right sign, and name the rule of each line.
# - I can tell the sensitivity of a prediction to a feature from the slope of the loss in a parameter.
# - I can test a gradient in two ways, and I know the fingerprints of a flipped sign and of a factor 2.

# %%
progress("04_gradient")

# %% [markdown]
# Next: [many outputs at once](../05_jacobian/05_jacobian.ipynb)
