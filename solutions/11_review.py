# %% [markdown]
# # 11 · Review: the errata hunt
#
# **The question:** can you tell a right formula from a wrong one, months later?
#
# The two documents that this course grew from hold more than fifty errors: lost signs, lost brackets, swapped shapes. So do many pages that you will
# read. Here are twenty wrong lines, many of them from there, set among true ones. You find them, and you repair them.
#
# About {{minutes}} minutes · {{points}} points, all of them a bonus · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: all lessons before this one. Come back in another week: each of ten weeks asks for ten of the twenty, never the same ten.
#
# You will be able to: test any formula with numbers, and differentiate a layer that nobody has shown you.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where

# %% [markdown]
# ## Part 1: The hunt
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Warm-up: your own summary
#
# Before you look at anything, write down from memory, on paper: the definition of the derivative, the shape of a Jacobian, the chain rule for
# matrices, the three phases of a training step, the update rule. Then compare with the [notation page](../00_start_here/notation.md).
#
# ## Predict first
#
# One random test point catches a wrong formula. Think of the published derivation in lesson 1,
# and of the point $x = h = 1$.

# %%
predict("caught_by_one", "How many of its four wrong lines would that point have caught?", {
    "1": "It is kinder than that: three were caught. The second was not: there an h³ stands for xh², and at x = h = 1 both are 1.",
    "3": "Yes. The second escapes: there an h³ stands for xh², and at x = h = 1 both are 1. Random points catch all four.",
    "4": "One escapes, the second: there an h³ stands for xh², and at x = h = 1 both are 1. Random points catch all four.",
})

# %%
x = h = 1.0
pairs = [
    (2*(x + h)**3 + 5 - (2*x**3 + 5), 2*(x + h)**3 + 5 - 2*x**3 + 5),
    ((x**2 + 2*x*h + h**2)*(x + h), x**3 + 2*x**2*h + h**3 + x**2*h + 2*x*h**2 + h**3),
    (x**3 + 2*x**2*h + h**3 + x**2*h + 2*x*h**2 + h**3, x**3 + 3*x**2*h + h**3 + 2*x*h**2),
    (2*(x**3 + 3*x**2*h + h**3 + 2*x*h**2) - 2*x**3, 6*x**2*h + h**3 + 2*x*h**2),
]
print("caught:", sum(before != after for before, after in pairs), "of", len(pairs))

# %% [markdown] covers="S1.18"
# ## Which derivative is it?
#
# All derivatives of this course are one thing: the table of all partial derivatives. Its shape has all axes of the output, then all axes of the input.
# Only the names differ.
#
# | output | input | name |
# |---|---|---|
# | anything | a number | derivative |
# | a number | an array with one axis or more | gradient |
# | a vector | a vector | Jacobian |
# | everything else | | generalized Jacobian |
#
# One with its shape worked out: a function from images of shape `(8, 8)` to ten scores has a generalized Jacobian of shape `(10, 8, 8)`. One for you: a loss, with respect
# to the weights `(64, 32)` of a layer?
#
# <details><summary>Compare</summary>
#
# A gradient, of shape `(64, 32)`: that of the weights, so that a step of gradient descent can subtract it.
#
# </details>

# %% exercise="name_the_derivative"
def name_the_derivative(y_shape, x_shape):
    """Name and shape of the derivative of an output of shape y_shape with respect to an input of shape x_shape.

    The name is one of "derivative", "gradient", "Jacobian", "generalized Jacobian".

    >>> name_the_derivative((10,), (8, 8))
    ('generalized Jacobian', (10, 8, 8))
    """
    ### BEGIN SOLUTION
    if x_shape == ():
        name = "derivative"
    elif y_shape == ():
        name = "gradient"
    else:
        name = "Jacobian" if len(y_shape) == len(x_shape) == 1 else "generalized Jacobian"
    return name, y_shape + x_shape
    ### END SOLUTION

# %% [markdown]
# ## The rules of the hunt
#
# There are twenty items with four lines each. In each of them exactly one line is wrong. Your week decides which ten you are asked, and over ten weeks every item comes five times.
# Start with week 1; when you come back, take the next number.

# %%
week = 1
[item for item in range(1, 21) if 3 * (item + week) % 10 < 5]

# %% [markdown]
# For every item on your list give two things: the letter of the wrong line, and a function that computes what its right side should be. The arguments of
# that function stand under the item. Test lines with numbers that are not special; you need no algebra to find them, only to repair them.
#
# Here is item 0, fully worked.
#
# **Item 0.** About $g(x) = x^2 - 3x$
#
# | letter | line |
# |---|---|
# | a | $g(0) = 0$ |
# | b | $g'(x) = 2x$ |
# | c | $g(3) = 0$ |
# | d | the slope of the secant is $2x + h - 3$ |
#
# Repair: `(x)`. At $x = 1$ line b says 2. The secant of line d has the slope $-1 + h$ there, so the derivative is $-1$: line b is wrong. The answer is
# `0: ("b", lambda x: 2*x - 3)`.

# %% [markdown]
# ## Items 1 to 10: slopes
#
# **Item 1.** Products
#
# | letter | line |
# |---|---|
# | a | $(x+h)^2 = x^2 + 2xh + h^2$ |
# | b | $(x^2 + 2xh + h^2)(x+h) = x^3 + 2x^2h + h^3 + x^2h + 2xh^2 + h^3$ |
# | c | $(x+h)(x-h) = x^2 - h^2$ |
# | d | $(x-h)^2 = x^2 - 2xh + h^2$ |
#
# Repair: `(x, h)`
#
# **Item 2.** About $f(x) = 2x^3 + 5$
#
# | letter | line |
# |---|---|
# | a | $f(x+h) = 2(x+h)^3 + 5$ |
# | b | $f(0) = 5$ |
# | c | $f(x+h) - f(x) = 2(x+h)^3 + 5 - 2x^3 + 5$ |
# | d | $f(x) - f(0) = 2x^3$ |
#
# Repair: `(x, h)`
#
# **Item 3.** Slopes of secants through the points at $x$ and $x + h$
#
# | letter | line |
# |---|---|
# | a | of $x^2$: $\;2x + h$ |
# | b | of $2x^3 + 5$: $\;6x^2 + 2xh + h^2$ |
# | c | of $3x + 1$: $\;3$ |
# | d | of $1/x$: $\;-\dfrac{1}{x(x+h)}$ |
#
# Repair: `(x, h)`
#
# **Item 4.** Derivatives of powers, for every $x$
#
# | letter | line |
# |---|---|
# | a | of $x^0$: $\;0$ |
# | b | of $x^1$: $\;1$ |
# | c | of $x^2$: $\;2$ |
# | d | of $x^3$: $\;3x^2$ |
#
# Repair: `(x)`
#
# **Item 5.** The loss of one example, $L(\theta) = (y - \theta x)^2$
#
# | letter | line |
# |---|---|
# | a | $\dfrac{dL}{d\theta} = 2(y - \theta x)\cdot\dfrac{d}{d\theta}(y - \theta x)$ |
# | b | $\dfrac{d}{d\theta}(\theta x) = x$ |
# | c | $\dfrac{d}{d\theta}(y - \theta x) = x$ |
# | d | at $\theta = 0$: $\;\dfrac{dL}{d\theta} = -2xy$ |
#
# Repair: `(theta, x, y)`

# %% [markdown]
# **Item 6.** About $f(x, z) = 4x^4z^3$
#
# | letter | line |
# |---|---|
# | a | $\dfrac{\partial f}{\partial x} = 16x^3z^3$ |
# | b | $\dfrac{\partial f}{\partial z} = 12x^4z^2$ |
# | c | $\dfrac{\partial^2 f}{\partial x\,\partial z} = 48x^3z^2$ |
# | d | along the curve $z = x^2$: $\;\dfrac{df}{dx} = 16x^3z^3$ |
#
# Repair: `(x)`, with $z$ replaced
#
# **Item 7.** A prediction $\hat y = \theta_0 + \theta_1 x$ and its loss $L = (y - \hat y)^2$
#
# | letter | line |
# |---|---|
# | a | $\dfrac{\partial \hat y}{\partial x} = \theta_1$ |
# | b | $\dfrac{\partial \hat y}{\partial \theta_1} = x$ |
# | c | $\dfrac{\partial L}{\partial x} = \theta_1$ |
# | d | $\dfrac{\partial L}{\partial \hat y} = -2(y - \hat y)$ |
#
# Repair: `(theta0, theta1, x, y)`
#
# **Item 8.** Sums over $k = 1, \ldots, n$
#
# | letter | line |
# |---|---|
# | a | $\sum_k \delta_{kj}\,x_k = x_j$ |
# | b | $\dfrac{\partial}{\partial \theta_j}\sum_k \theta_k x_k = \sum_k x_k$ |
# | c | $\sum_k \delta_{kk} = n$ |
# | d | $\dfrac{\partial}{\partial x_j}\sum_k \theta_k x_k = \theta_j$ |
#
# Repair: `(theta, x, j)` with arrays `theta`, `x` and `j` counted from 0
#
# **Item 9.** The largest part of the error of a difference, for small $h$
#
# | letter | line |
# |---|---|
# | a | forward: $\;\dfrac{h^2}{2}\,f''(x)$ |
# | b | central: $\;\dfrac{h^2}{6}\,f'''(x)$ |
# | c | second: $\;\dfrac{h^2}{12}\,f''''(x)$ |
# | d | Richardson: in proportion to $h^4$ |
#
# Repair: `(h, f2)`, where `f2` is $f''(x)$
#
# **Item 10.** A probability $p = \sigma(z)$ with the logit $z$, a label $y$, and the cost $C$
#
# | letter | line |
# |---|---|
# | a | $\dfrac{dp}{dz} = p(1 - p)$ |
# | b | $C = -y\ln p - (1 - y)\ln(1 - p)$ |
# | c | $\dfrac{dC}{dz} = p - y$ |
# | d | $\dfrac{dC}{dp} = p - y$ |
#
# Repair: `(p, y)`

# %% exercise="hunt_slopes"
def hunt_slopes():
    """Your week, and for each of its items from 1 to 10 the letter and the repair.

    For example: return 1, {3: ("a", lambda x, h: x + h), 6: ("b", lambda x: x), ...}
    """
    ### BEGIN SOLUTION
    return 1, {
        3: ("b", lambda x, h: 6 * x**2 + 6 * x * h + 2 * h**2),
        6: ("d", lambda x: 40 * x**9),
        7: ("c", lambda theta0, theta1, x, y: -2 * (y - theta0 - theta1 * x) * theta1),
        9: ("a", lambda h, f2: h * f2 / 2),
        10: ("d", lambda p, y: (p - y) / (p * (1 - p))),
    }
    ### END SOLUTION

# %% [markdown]
# ## Items 11 to 20: shapes and learning
#
# **Item 11.** An array $X$ with $m$ rows and $n$ columns
#
# | letter | line |
# |---|---|
# | a | it has 2 axes |
# | b | its shape is $m \cdot n$ |
# | c | its size is $m \cdot n$ |
# | d | one entry of it has the shape `()` |
#
# Repair: `(m, n)`
#
# **Item 12.** The Jacobian $J$ of a function from $\mathbb{R}^n$ to $\mathbb{R}^m$
#
# | letter | line |
# |---|---|
# | a | $J_{ij} = \partial f_i / \partial x_j$ |
# | b | $J\mathbf{v}$ has $m$ components |
# | c | $J$ has a row for each output |
# | d | $J$ is a list of $n$ vectors of length $m$, so its shape is `(n, m)` |
#
# Repair: `(n, m)`, the shape
#
# **Item 13.** Derivatives when one side is a number
#
# | letter | line |
# |---|---|
# | a | a vector with $m$ components, with respect to a number: shape `(1, m)` |
# | b | a number, with respect to a vector with $n$ components: shape `(n,)` |
# | c | the shape of a number is `()` |
# | d | component $i$ of $d\mathbf{y}/dx$ is $dy_i/dx$ |
#
# Repair: `(m)`, the shape
#
# **Item 14.** $Y = XW$ with $X$ of shape `(m, n)` and $W$ of shape `(n, k)`
#
# | letter | line |
# |---|---|
# | a | `Y.shape` is `(m, k)` |
# | b | $\partial Y/\partial W$ has the shape `(m, k, n, k)` |
# | c | $\partial Y/\partial X$ has the shape `(m, m, k, n)` |
# | d | $\partial Y/\partial X$ has $m\cdot k\cdot m\cdot n$ entries |
#
# Repair: `(m, n, k)`, the shape
#
# **Item 15.** $Y$ of shape `(p, q)` and $X$ of shape `(r, s)`, both flattened row by row; $J$ is the Jacobian of the flattened map
#
# | letter | line |
# |---|---|
# | a | `J.shape` is `(p*q, r*s)` |
# | b | `Y[i, j]` belongs to row $i + j\cdot p$ of $J$ |
# | c | `X[k, l]` belongs to column $k\cdot s + l$ of $J$ |
# | d | `J.reshape(p, q, r, s)` is the generalized Jacobian |
#
# Repair: `(i, j, p, q)`, the row

# %% [markdown]
# **Item 16.** The layer $Y = XW + \mathbf{b}$ for a batch, a row for each example; `dY` is $\partial L/\partial Y$
#
# | letter | line |
# |---|---|
# | a | `dX = dY @ W.T` |
# | b | `dW = X.T @ dY` |
# | c | `db = dY` |
# | d | a row of $Y$ depends on no other row of $X$ |
#
# Repair: `(dY)`
#
# **Item 17.** $Y = XW$ with $X$ of shape `(m, n)` and $W$ of shape `(n, k)`: how many entries?
#
# | letter | line |
# |---|---|
# | a | $Y$: $\;m k$ |
# | b | $X$: $\;m n$ |
# | c | $\partial Y/\partial X$: $\;m k \cdot m n$ |
# | d | $\partial Y/\partial W$: $\;n k$ |
#
# Repair: `(m, n, k)`
#
# **Item 18.** $\mathbf{s} = \mathrm{softmax}(\mathbf{z})$
#
# | letter | line |
# |---|---|
# | a | $\partial s_i/\partial z_j = 0$ for $i \neq j$ |
# | b | $\partial s_i/\partial z_i = s_i(1 - s_i)$ |
# | c | $\sum_i s_i = 1$ |
# | d | each row of its Jacobian sums to 0 |
#
# Repair: `(s_i, s_j)`
#
# **Item 19.** Gradient descent with the rate $\eta$ on $f(\theta) = \tfrac12\lambda\theta^2$
#
# | letter | line |
# |---|---|
# | a | $\nabla f(\theta) = \lambda\theta$ |
# | b | $\theta_1 = (1 - \eta\lambda)\,\theta_0$ |
# | c | with $\eta = 1/\lambda$ the minimum is reached in one step |
# | d | $\theta_t = (1 - t\,\eta\lambda)\,\theta_0$ |
#
# Repair: `(theta0, eta, lam, t)`
#
# **Item 20.** The loss $L(\theta) = \dfrac1m\lVert X\theta - \mathbf{y}\rVert^2$
#
# | letter | line |
# |---|---|
# | a | where $X\theta = \mathbf{y}$, the gradient is 0 |
# | b | $\nabla L(\theta) = -\dfrac2m\,X^\top(X\theta - \mathbf{y})$ |
# | c | $\nabla L(\theta)$ has the shape of $\theta$ |
# | d | $L(\theta) \geq 0$ |
#
# Repair: `(X, y, theta)`

# %% exercise="hunt_shapes"
def hunt_shapes():
    """Your week, and for each of its items from 11 to 20 the letter and the repair, as in hunt_slopes."""
    ### BEGIN SOLUTION
    return 1, {
        13: ("a", lambda m: (m,)),
        16: ("c", lambda dY: dY.sum(axis=0)),
        17: ("d", lambda m, n, k: m * k * n * k),
        19: ("d", lambda theta0, eta, lam, t: (1 - eta * lam) ** t * theta0),
        20: ("b", lambda X, y, theta: 2 / len(y) * X.T @ (X @ theta - y)),
    }
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You have judged the forty lines of your week's ten items, from the whole course. What you missed tells you which lesson to open again.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: New ground
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## New ground: the cosine between two vectors
#
# A search engine can compare two texts by the cosine of the angle between two vectors:
#
# $$c(\mathbf{u}, \mathbf{v}) = \frac{\mathbf{u}\cdot\mathbf{v}}{\lVert\mathbf{u}\rVert\,\lVert\mathbf{v}\rVert}$$
#
# As a number: for $\mathbf{u} = (3, 4)$ and $\mathbf{v} = (1, 0)$ it is $3/5$. Find its gradient with respect to $\mathbf{u}$. A thought that tests your result: a longer $\mathbf{u}$ has
# the same angle, so the gradient must be orthogonal to $\mathbf{u}$.

# %% exercise="cosine_gradient"
def cosine_gradient(u, v):
    """The gradient of the cosine of the angle between u and v with respect to u: (n,), (n,) -> (n,).

    >>> cosine_gradient(np.array([2.0, 0.0]), np.array([0.0, 3.0]))
    array([0. , 0.5])
    """
    ### BEGIN SOLUTION
    a, b = np.linalg.norm(u), np.linalg.norm(v)
    return v / (a * b) - (u @ v) / (a**3 * b) * u
    ### END SOLUTION

# %% [markdown]
# ## New ground: a layer nobody has shown you
#
# Layer normalisation gives every row of $X$ the mean 0 and a standard deviation near 1. For a row $\mathbf{x}$ with $n$ entries
#
# $$\bar x = \frac1n\sum_k x_k, \qquad s = \sqrt{\frac1n\sum_k (x_k - \bar x)^2 + \mathtt{eps}}, \qquad y_k = \frac{x_k - \bar x}{s}$$
#
# The small number `eps` keeps $s$ away from 0. Half of the way is the spread $s$ alone: how does it answer to each $x_k$?

# %% exercise="spread_gradient"
def spread_gradient(x, eps=1e-5):
    """The gradient of the spread s = sqrt(mean((x - mean(x))**2) + eps) with respect to x: (n,) -> (n,).

    >>> spread_gradient(np.array([1.0, 3.0]), eps=0.0)
    array([-0.5,  0.5])
    """
    ### BEGIN SOLUTION
    centred = x - np.mean(x)
    return centred / (len(x) * np.sqrt(np.mean(centred**2) + eps))
    ### END SOLUTION

# %% [markdown]
# ## Invent it: what a mean does on the way back
#
# Before you read on: a smaller layer subtracts the mean of a row, $y_k = x_k - \bar x$, for three entries. The upstream gradient is $(1, 0, 0)$. Write the gradient of $\mathbf{x}$, any way you like.

# %%
yours = ...
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is $(2/3, -1/3, -1/3)$.
#
# - $(1, 0, 0)$ holds the mean fixed. But $x_1$ moves it, and so do the others.
# - $(2/3, 0, 0)$ knows that $x_1$ moves the mean, and forgets that $x_2$ and $x_3$ do.
#
# A test that needs no formula: a number added to the whole row changes nothing, so the entries of the gradient must sum to 0.
#
# </details>

# %% [markdown]
# Now the layer. Given the upstream gradient `dY`, find `dX`. Each $x_k$ acts on three ways: directly, through $\bar x$, and through $s$.
# Use the chain rule on paper, then check your result with a gradcheck of your own before you run ours.

# %% exercise="layernorm_backward"
def layernorm_backward(X, dY, eps=1e-5):
    """The gradient with respect to X of a loss whose gradient with respect to Y = layernorm(X) is dY.

    Shapes: (m, n), (m, n) -> (m, n). Each of the m rows is normalised by itself, over its n entries.
    """
    ### BEGIN SOLUTION
    centred = X - X.mean(axis=-1, keepdims=True)
    s = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
    Y = centred / s
    through_mean = dY.mean(axis=-1, keepdims=True)
    through_s = Y * (dY * Y).mean(axis=-1, keepdims=True)
    return (dY - through_mean - through_s) / s
    ### END SOLUTION

# %% [markdown]
# A gradcheck in six lines: a random direction, a central difference, a comparison. A number near $10^{-9}$ is a pass. A wrong gradient gives more: here the
# forgotten path through the mean 1.2, the one through $s$ 0.6, a divisor $n - 1$ 0.1, an `eps` outside the root only $10^{-6}$.

# %%
def layernorm(X, eps=1e-5):
    centred = X - X.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)


rng = np.random.default_rng(3)
X, dY, V = rng.normal(size=(3, 4, 5))
try:
    slope = np.sum(dY * (layernorm(X + 1e-5 * V) - layernorm(X - 1e-5 * V))) / 2e-5
    ours = np.sum(layernorm_backward(X, dY) * V)
    print("relative error:", abs(ours - slope) / max(abs(ours), abs(slope)))
except NotImplementedError:
    print("write layernorm_backward first")

# %% [markdown]
# ## Catch the mistake
#
# Two textbooks give the gradient of $\mathbf{x}^\top A\,\mathbf{x}$. Both are right on all of their own examples. Find $A$ and $\mathbf{x}$ on which *both* are wrong.

# %% exercise="catch_the_symmetry"
def catch_the_symmetry():
    """A pair (A, x) on which both functions above differ from the gradient of x @ A @ x in x.

    A is (n, n), x is (n,), with entries of at most 100 in size.
    """
    ### BEGIN SOLUTION
    return [[1.0, 2.0], [0.0, 1.0]], [1.0, 1.0]
    ### END SOLUTION

# %% [markdown]
# ## What the two texts say
#
# The wrong lines that the lessons called "the source's" come from a lecture notebook, *Derivatives, Gradients, Jacobians*, and from two pages of the tutorial *Deep Learning Wizard*
# ([which lessons](../00_start_here/notation.md)). Here they are in one table. It answers many questions of the course, so open it last.
#
# <details><summary>What they say, and what holds</summary>
#
# | lesson | a source says | what holds |
# |---|---|---|
# | 1 | the slope is the difference of the values | that difference over the step |
# | 1 | the derivatives of $(x^0, x^1, x^2)$ are $(0, 1, 2)$ | $(0, 1, 2x)$; at $x = 1$ nobody can tell |
# | 3 | $\partial$ for one variable, $df/dx$ or $\delta f/\delta x$ for several | $d$ for one variable, $\partial$ where others are held fixed |
# | 3, 4 | the loss is a function of $\mathbf{y}$, $\hat{\mathbf{y}}$ and $\theta$ | the predictions depend on $\theta$: it is a function of $\theta$ and the data |
# | 4 | a gradient is now a row, now a column | both are in use; a text chooses one |
# | 4 | the slope of the loss begins with $+\frac{2}{m}\sum (y - \hat y)$ | with a minus: it comes from $-\hat y$ inside |
# | 5 | a vector by a number has the shape `(1, m)` | `(m,)` |
# | 6 | $\lvert\mathbf{x}\rvert$ is the number of components, and of axes | two numbers: `size` and `ndim` |
# | 6 | the recursion peels one index of $\mathbf{y}$ and one of $\mathbf{x}$ in turn | first all of $\mathbf{y}$, then all of $\mathbf{x}$; and a number has nothing to peel |
# | 7 | training has two parts, backpropagation and gradient descent | three: the forward pass comes first |
# | 7 | backpropagation computes the slopes in the parameters and the input | it meets those in the inputs of layers; it collects those in the parameters |
# | 7 | $s - y$ is the slope of the cross-entropy in the output $s$ | in the logit $z$ |
# | 8 | parameters are tensors that accumulate gradients | a habit of one library |
# | 9 | $\theta = \theta - \eta \cdot \nabla_\theta$ | $\theta_{t+1} = \theta_t - \eta\,\nabla L(\theta_t)$ |
# | 9 | $\eta$ is how fast we learn, and the update leads to a minimum | $\eta$ has a best value and a limit; the update may end on a saddle, or never |
#
# </details>

# %% [markdown]
# ## Explain it in one sentence
#
# Choose the error that you would have overlooked. Why does it look right, and which test gives it away?

# %% [markdown]
# *Your sentence here.*

# %% [markdown] covers="S1.20"
# ## What you can do now
#
# Tick only what you could do tomorrow, without looking.
#
# - I can calculate a derivative as a limit, and test the result with numbers.
# - I can calculate partial derivatives and say what is held fixed.
# - I can calculate a gradient and say which shape it has.
# - I can tell derivative, gradient, Jacobian and generalized Jacobian apart.
# - I can send a gradient backward through a layer that I have never seen.
# - I can say what backpropagation does and what gradient descent does, and that they are two things.
# - I can choose $h$, and I can choose $\eta$.

# %%
progress()

# %% [markdown]
# That was the way from $h$ to $\eta$. Come back in a week with `week = 2`: [all lessons](../00_start_here/00_start_here.ipynb)
