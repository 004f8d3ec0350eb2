# %% [markdown] covers="S0.02 S0.25"
# # 5 · The Jacobian
#
# **The question:** what is the derivative of a function with many inputs and many outputs?
#
# You know $dy/dx$ for one number in and one number out, and the gradient for many numbers in and one out. What, then, is
# $\partial\mathbf{y}/\partial\mathbf{x}$ when $\mathbf{x}$ and $\mathbf{y}$ are both vectors? This lesson goes there in steps, and learns on
# the way why nobody who trains a large network ever writes the answer down in full.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: partial derivatives (lesson 3), the gradient (lesson 4), the product of two matrices, and the determinant $ad - bc$ of $\begin{pmatrix} a & b \\ c & d \end{pmatrix}$.
#
# You will be able to: compute Jacobians by hand and by differences, tell rows from columns without guessing, chain them, multiply
# by them without building them, and find second derivatives.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import jvp_vjp_explorer, layout_explorer, linear_map_explorer

# %% [markdown]
# ## Part 1: The matrix of all slopes
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Warm-up
#
# Three questions from earlier lessons. Answer from memory; looking things up comes after.
#
# **One.** $f$ takes a vector with the shape `(5,)` and returns a number. Which shape has its gradient?
#
# - **a** `(5,)`
# - **b** `(5, 1)`
# - **c** `(1, 5)`
# - **d** `()`

# %% exercise="recall_gradient_shape"
def recall_gradient_shape():
    """The letter of your answer, for example "d"."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION

# %% [markdown]
# **Two.** For $f(x, z) = 4x^4z^3$, what is $\partial f/\partial z$ at $x = -1$, $z = 2$?
#
# - **a** −128
# - **b** 96
# - **c** 48
# - **d** 12

# %% exercise="recall_partial_value"
def recall_partial_value():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# **Three.** You halve the step of a central difference, from $h = 0.1$ to $h = 0.05$, for $e^x$ at $x = 1$. What happens to its error?
#
# - **a** about a half is left
# - **b** about a quarter is left
# - **c** about an eighth is left
# - **d** it grows

# %% exercise="recall_central_order"
def recall_central_order():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# ## Predict first
#
# The polar map takes a radius $r$ and an angle $\varphi$ to a point of the plane: $\;(r, \varphi) \mapsto (r\cos\varphi,\; r\sin\varphi)$.
#
# Take a tiny square of inputs at $r = 2$, with sides 0.01 along $r$ and 0.01 along $\varphi$. The map turns it into a tiny, almost straight
# patch of the plane.

# %%
predict("linear_map", "How large is the area of the patch, compared with that of the square?", {
    "larger": "Yes. One radian at $r = 2$ is an arc of length 2, so a small patch is stretched twofold in that direction and has twice the area. At $r = 0.5$ it would shrink.",
    "the same": "A step of 0.01 in the angle moves the point by 2 times 0.01 at radius 2: the farther out, the longer the arc. The area doubles.",
    "smaller": "That happens where $r$ is below 1. At $r = 2$ a step of 0.01 in the angle moves the point by 0.02, so the area doubles.",
})

# %% [markdown]
# ## Look
#
# The map bends the grid of inputs, and the square with it. The parallelogram is what the Jacobian makes of the square. Shrink the square and
# compare the two; its side is 0.7<!-- drag --> at first. Then try another point, or a map of your own: `linear_map_explorer(lambda x: [x[0] * x[1], np.sin(x[0])])`.

# %%
linear_map_explorer()

# %% [markdown]
# You have seen the idea of this lesson. **Close to a point, a smooth map changes almost as a linear one does.** A linear map is a matrix. That matrix is the
# Jacobian.

# %% [markdown] covers="S0.09 S0.11"
# ## Step one: one number in, a vector out
#
# A point that moves in space has three coordinates, each a function of the time $x$. Its derivative is the velocity: one slope per component.
#
# **As a formula.**
#
# $$\left(\frac{d\mathbf{y}}{dx}\right)_i = \frac{dy_i}{dx}$$
#
# **As an example.** For $\mathbf{y}(x) = (x^0, x^1, x^2)$ it is $(0, 1, 2x)$, as you know from lesson 1. At $x = 3$: $(0, 1, 6)$.

# %%
y = lambda x: np.array([x**0, x**1, x**2])
(y(3 + 1e-6) - y(3 - 1e-6)) / 2e-6

# %% [markdown] covers="S0.10"
# ## Which shape is that?
#
# The course has one rule for all shapes, from here to the last lesson:
#
# > **shape of the derivative = shape of the output, then shape of the input**
#
# The [source](../00_start_here/notation.md) of this step says that $\partial\mathbf{y}/\partial x$ is "the vector of length 1 whose element is a vector of length $|\mathbf{y}|$".
# It wants to prepare a recursion (lesson 6). Take the rule instead: $\mathbf{y}$ has the shape `(3,)` and $x$ is one number.
# Which shape has $d\mathbf{y}/dx$?
#
# - **a** `(1, 3)`
# - **b** `(3,)`
# - **c** `(3, 3)`
# - **d** `()`

# %% exercise="shape_for_scalar_input"
def shape_for_scalar_input():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# ## Invent it: all slopes of a map
#
# Before you read on: three numbers go in, two come out. Write all slopes, by differences, any way you like. Nobody checks this cell.

# %%
def all_slopes(f, x, h=1e-6):
    return ...  # yours


all_slopes(lambda x: np.array([x[0] * x[1], x[1] + x[2]]), np.array([2.0, 3.0, 5.0]))

# %% [markdown]
# <details><summary>Compare</summary>
#
# There are six: two outputs, each with a slope for every input.
#
# - `(f(x + h) - f(x)) / h` gives 5 and 2. All inputs have moved at once, so each number is the sum of three slopes.
# - Differences of `f(x).sum()`, one input at a time, give 3, 3 and 1. Now the two outputs have been added up.
# - `[(f(x + h * e) - f(x)) / h for e in np.eye(3)]` has all six, a row for each *input*: the shape `(3, 2)`. The rule above asks for outputs first, `(2, 3)`.
#
# </details>

# %% [markdown] covers="S0.12 S1.18"
# ## Step two: a vector in, a vector out
#
# **In a sentence.** The Jacobian of $f: \mathbb{R}^n \to \mathbb{R}^m$ at $\mathbf{x}$ is the matrix of all its partial derivatives: rows are outputs, columns are inputs.
#
# **As a formula.**
#
# $$J_{ij} = \frac{\partial y_i}{\partial x_j}, \qquad J \in \mathbb{R}^{m \times n}$$
#
# **What it is for.** It is the linear map that stands in for $f$ near $\mathbf{x}$:
#
# $$f(\mathbf{x} + \mathbf{h}) = f(\mathbf{x}) + J\,\mathbf{h} + o(\lVert\mathbf{h}\rVert)$$
#
# When such a $J$ exists, $f$ is called **differentiable** at $\mathbf{x}$. (Lesson 3 had a function whose partial derivatives exist while no such map does. Where the
# partial derivatives are continuous this cannot happen.)
#
# **As a picture.** The parallelogram in the explorer: its sides are the columns of $J$.

# %% [markdown] covers="S0.14"
# ## Worked example: y = (x₁ + x₂, x₁x₂)
#
# Row by row: take one output, differentiate it with respect to every input.
#
# | output | with respect to $x_1$ | with respect to $x_2$ |
# |---|---|---|
# | $y_1 = x_1 + x_2$ | $1$ | $1$ |
# | $y_2 = x_1 x_2$ | $x_2$, with $x_2$ frozen as a factor | $x_1$ |
#
# $$J = \begin{pmatrix} 1 & 1 \\ x_2 & x_1 \end{pmatrix}$$
#
# At $\mathbf{x} = (3, 2)$ the second row is $(2, 3)$. Does the matrix do what it promises? Take the step $\mathbf{h} = (0.1, -0.2)$.

# %%
def seed_map(x): return np.array([x[0] + x[1], x[0] * x[1]])


x, h = np.array([3.0, 2.0]), np.array([0.1, -0.2])
J = np.array([[1.0, 1.0], [x[1], x[0]]])
print("the map really changes by", seed_map(x + h) - seed_map(x))
print("the Jacobian promises    ", J @ h)

# %% [markdown]
# The first entries agree, because the sum is linear. The second ones differ by $h_1h_2 = -0.02$: small of second order.

# %% [markdown]
# ## The same with steps left out: the polar map
#
# Fill the gaps on paper. $\;y_1 = r\cos\varphi,\quad y_2 = r\sin\varphi$.
#
# | output | with respect to $r$ | with respect to $\varphi$ |
# |---|---|---|
# | $y_1$ | $\cos\varphi$ | $\ldots$ |
# | $y_2$ | $\ldots$ | $\ldots$ |
#
# A matrix takes a square to a parallelogram, and the size of its determinant is the area of the parallelogram over that of the square. So the area of a small
# patch in the explorer is about that of the square times the size of the determinant of this matrix. Which is …
#
# <details><summary>Compare</summary>
#
# First row: $-r\sin\varphi$. Second row: $\sin\varphi$ and $r\cos\varphi$. The determinant is $r\cos^2\varphi + r\sin^2\varphi = r$. At $r = 2$ the area doubles.
#
# </details>

# %% [markdown]
# ## In code
#
# By hand you work row by row. With differences it is column by column: move **one input**, and **all outputs** answer at once. Use the central
# difference of lesson 2. Six correct digits are enough. With one step for all, they are there as long as the entries of $\mathbf{x}$ are not far above 1 in size; lesson 2 says how a step follows $|x|$.

# %% exercise="jacobian"
def jacobian(f, x):
    """The Jacobian of f at x, by differences: x (n,), f(x) (m,) -> (m, n).

    The shape is that of f(x), followed by that of x: if f(x) is a plain number, the answer is the gradient, (n,).
    Right to six digits, compared with the largest of f and its slopes. x may hold whole numbers, and is left as it was.

    >>> jacobian(lambda x: np.array([x[0] + x[1], x[0] * x[1]]), np.array([3.0, 2.0])).round(5)
    array([[1., 1.],
           [2., 3.]])
    """
    ### BEGIN SOLUTION
    h = np.cbrt(np.finfo(float).eps)
    columns = [(f(x + step) - f(x - step)) / (2 * h) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=-1)
    ### END SOLUTION

# %% [markdown]
# Try it where a mistake in the layout shows: three inputs, two outputs. A map with as many outputs as inputs cannot show it by its shape.

# %%
def f(x): return np.array([x[0] * x[1], np.sin(x[2])])


try:
    print(jacobian(f, np.array([2.0, 3.0, 0.0])).round(6))
except NotImplementedError:
    print("write jacobian first; expected: two rows, three columns")

# %% [markdown]
# ## Rows or columns?
#
# Many books write the transpose. Both layouts are in use, and mixing them is an easy mistake. Change the number of
# outputs and inputs, and flip the layout. Entry 2<!-- drag --> is lit in both. Which picture has the shape that NumPy would report?

# %%
predict("layout", "A function takes 2 numbers to 3 numbers. What shape has its Jacobian in this course?", {
    "(2, 3)": "That is the transpose, the other layout. Here rows belong to outputs: three rows, one for each output, and two columns, one for each input.",
    "(3, 2)": "Yes: a row for each of the 3 outputs, a column for each of the 2 inputs. So $J$ times a small step of the inputs is, to first order, the step of the outputs.",
    "(6,)": "It has six entries, but they stand in a table: a row for each of the 3 outputs, a column for each of the 2 inputs.",
})

# %%
layout_explorer()

# %% [markdown]
# This course uses **numerator layout**: outputs first. Its chain rule reads in the order of the functions, and it is the rule "shape of the output, then shape of the
# input".

# %% [markdown] covers="S0.13"
# ## Find the wrong line
#
# This is what the source says about $\partial\mathbf{y}/\partial\mathbf{x}$, with its example $\mathbf{y} = (x_1 + x_2,\; x_1x_2)$. Read each line as one about a NumPy array in numerator
# layout. One of them contradicts the others.
#
# - **a** $\mathbf{x}$ has 2 components and $\mathbf{y}$ has 2 components, so there are 4 partial derivatives.
# - **b** Row $i$, column $j$ holds $\partial y_i/\partial x_j$.
# - **c** $\partial\mathbf{y}/\partial\mathbf{x}$ is the vector of length $|\mathbf{x}|$ whose element is a vector of length $|\mathbf{y}|$.
# - **d** The first row is $(1, 1)$.
# - **e** The second row is $(x_2, x_1)$.

# %% exercise="wrong_line_of_the_layout"
def wrong_line_of_the_layout():
    """The letter of the line that contradicts the others."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# Read that line literally for a map from two inputs to three outputs, and make an array of it: a list of length 2 whose items have length 3. It has the shape `(2, 3)`, the transpose of what the
# definition next to it says. A two-by-two example can never show it by its shape. So test on maps that are not square.
#
# One more trap in the source: it writes $\mathbf{y} = (x^0, x^1, x^2)$ and $\mathbf{y}^{(1)}$ in the same line. The first superscripts are powers, which start at
# 0. The bracketed one counts components, from 1. In code, `y = np.array([x**0, x**1, x**2])`. What is $\mathbf{y}^{(1)}$?
#
# - **a** `y[1]`
# - **b** `y ** 1`
# - **c** `y[0]`
# - **d** `x ** 1`

# %% exercise="component_or_power"
def component_or_power():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# ## One function for every component
#
# `np.tanh(x)` applies the same function to each component. Output $i$ depends on input $i$ and on no other. So the Jacobian is zero everywhere but on the
# diagonal. It is still a **matrix**, even if all its news fits into a vector.

# %% exercise="jacobian_elementwise"
def jacobian_elementwise(fprime, x):
    """The Jacobian of a function that works component by component: x (n,) -> (n, n).

    fprime is the derivative of the scalar function; it takes arrays.

    >>> jacobian_elementwise(np.cos, np.array([0.0, np.pi])).round(6)
    array([[ 1.,  0.],
           [ 0., -1.]])
    """
    ### BEGIN SOLUTION
    return np.diag(fprime(x))
    ### END SOLUTION

# %% [markdown]
# ## Invent it: scores into shares
#
# Before you read on: a network gives each of three classes a score. Make shares of the scores: all positive, adding up to 1, the higher score the larger share. Any way you
# like; nobody checks this cell.

# %%
def shares(z):
    return ...  # yours


shares(np.array([1.0, 3.0, -2.0]))

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `z / z.sum()` adds up to 1: 0.5, 1.5 and −1. A share below 0 is none.
# - `np.abs(z) / np.abs(z).sum()` is positive, and the score −2 gets more than the score 1.
# - `z - z.min()`, divided by its sum, gives 0.375, 0.625 and 0. The lowest score gets nothing at all, and with −200 in its place the other two become almost equal, though they are
#   as they were.
# - `z == z.max()` gives all to the best. It does not say how sure, and its slopes are 0.
# - `np.exp(z)`, divided by its sum, gives 0.118, 0.876 and 0.006. All that was asked for holds, and how the first two compare is a matter of these two alone.
#
# </details>

# %% [markdown]
# ## A map that mixes: the softmax
#
# The softmax turns scores into shares: all positive, adding up to 1. Networks that choose between several classes often end with it.
#
# $$s_i = \frac{e^{z_i}}{S}, \qquad S = \sum_k e^{z_k}$$
#
# Adding one number $c$ to all scores multiplies numerator and denominator by $e^c$ and changes nothing. You may choose the $c$ that keeps a computer out of trouble.

# %% exercise="softmax"
def softmax(z):
    """The shares that belong to the scores z: (n,) -> (n,). Right for scores of any size.

    >>> softmax(np.array([0.0, np.log(3.0)]))
    array([0.25, 0.75])
    """
    ### BEGIN SOLUTION
    e = np.exp(z - np.max(z))
    return e / e.sum()
    ### END SOLUTION

# %% [markdown]
# ## Worked example: plain shares
#
# Without exponentials the shares of positive numbers are $p_i = y_i/T$ with $T = \sum_k y_k$. Every share depends on every $y_j$, because $T$ does.
#
# | step | line | rule |
# |---|---|---|
# | 1 | $\dfrac{\partial T}{\partial y_j} = 1$ | one term of the sum moves |
# | 2 | $i = j$: $\quad\dfrac{\partial p_i}{\partial y_i} = \dfrac{1 \cdot T - y_i \cdot 1}{T^2} = \dfrac{T - y_i}{T^2}$ | quotient rule: numerator and denominator move |
# | 3 | $i \neq j$: $\quad\dfrac{\partial p_i}{\partial y_j} = \dfrac{0 \cdot T - y_i \cdot 1}{T^2} = -\dfrac{y_i}{T^2}$ | quotient rule: only the denominator moves |
#
# For $\mathbf{y} = (1, 3)$ the rows are $(3, -1)/16$ and $(-3, 1)/16$. Each column adds up to 0, since the shares always add up to 1.

# %% [markdown]
# ## Find the wrong line again
#
# A derivation of the softmax's Jacobian. Which line is the **first** wrong one?
#
# - **a** $\dfrac{\partial S}{\partial z_j} = e^{z_j}$
# - **b** For $i = j$: $\quad\dfrac{\partial s_i}{\partial z_i} = \dfrac{e^{z_i} S - e^{z_i} e^{z_i}}{S^2} = s_i(1 - s_i)$
# - **c** For $i \neq j$: the numerator $e^{z_i}$ does not contain $z_j$, so $\dfrac{\partial s_i}{\partial z_j} = 0$
# - **d** So $J$ is the diagonal matrix with the entries $s_i(1 - s_i)$.

# %% exercise="wrong_line_of_softmax"
def wrong_line_of_softmax():
    """The letter of the first wrong line."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# Now do that line right on paper, write both cases as one matrix, and put it into code.

# %% exercise="softmax_jacobian"
def softmax_jacobian(z):
    """The Jacobian of softmax at the scores z: (n,) -> (n, n). Right for scores of any size.

    >>> softmax_jacobian(np.array([0.0, np.log(3.0)])).round(4)
    array([[ 0.1875, -0.1875],
           [-0.1875,  0.1875]])
    """
    ### BEGIN SOLUTION
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)
    ### END SOLUTION

# %% [markdown]
# This matrix equals its transpose. That makes it a bad place to test a layout: every transposition mistake is invisible on it.

# %% [markdown]
# ### A place to stop
#
# You can build a Jacobian, row by row for the outputs and column by column for the inputs, and you know when it is diagonal.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: Chains, products and second derivatives
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Invent it: two maps in a row
#
# Before you read on: $f(\mathbf{x}) = (x_1 + x_2,\; x_1x_2)$ at $(3, 2)$, then $g(\mathbf{y}) = (y_1y_2,\; y_1)$ at $(5, 6)$. Both Jacobians are known. Write that of $g \circ f$,
# any way you like. Nobody checks this cell.

# %%
J_f, J_g = np.array([[1.0, 1.0], [2.0, 3.0]]), np.array([[6.0, 5.0], [1.0, 0.0]])
yours = ...
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is `[[16, 21], [1, 1]]`: the second output is $x_1 + x_2$, so the second row must be $(1, 1)$.
#
# - `J_g * J_f` multiplies entry by entry: `[[6, 5], [2, 0]]`. It forgets that each input reaches an output on two ways.
# - `J_f @ J_g` gives `[[7, 5], [15, 10]]`: the maps in the wrong order.
#
# For numbers both are the same product. Which order of the matrices is right, and why, comes now.
#
# </details>

# %% [markdown]
# ## The chain rule
#
# **In a sentence.** The Jacobian of a composition is the product of the Jacobians, outer one first.
#
# **As a formula.** For $\mathbf{y} = f(\mathbf{x})$ and $\mathbf{w} = g(\mathbf{y})$:
#
# $$J_{g \circ f}(\mathbf{x}) = J_g(\mathbf{y})\; J_f(\mathbf{x}), \qquad \frac{\partial w_i}{\partial x_j} = \sum_k \frac{\partial w_i}{\partial y_k}\,\frac{\partial y_k}{\partial x_j}$$
#
# **Why that order.** A step $\mathbf{h}$ of the input meets $f$ first, so $J_f$ stands next to it: $J_g(J_f\mathbf{h})$.
#
# **As an example.** $f$ is the polar map and $g(\mathbf{y}) = y_1^2 + y_2^2$, one output in an array, so $J_g = (2y_1 \;\; 2y_2)$:
#
# $$\begin{pmatrix} 2r\cos\varphi & 2r\sin\varphi \end{pmatrix} \begin{pmatrix} \cos\varphi & -r\sin\varphi \\ \sin\varphi & r\cos\varphi \end{pmatrix} = \begin{pmatrix} 2r & 0 \end{pmatrix}$$
#
# No surprise: $g(f(r, \varphi)) = r^2$.

# %%
r, phi = 2.0, 0.5
J_f = np.array([[np.cos(phi), -r * np.sin(phi)], [np.sin(phi), r * np.cos(phi)]])
J_g = np.array([[2 * r * np.cos(phi), 2 * r * np.sin(phi)]])
(J_g @ J_f).round(12)

# %% exercise="chain"
def chain(J_outer, J_inner):
    """The Jacobian of g after f: J_outer (p, m) of g, J_inner (m, n) of f -> (p, n).

    >>> chain(np.array([[1.0, 2.0]]), np.array([[3.0], [5.0]]))
    array([[13.]])
    """
    ### BEGIN SOLUTION
    return J_outer @ J_inner
    ### END SOLUTION

# %% [markdown]
# A network is a long chain: $f_k \circ \dots \circ f_2 \circ f_1$.

# %% exercise="chain_many"
def chain_many(Js):
    """The Jacobian of a chain of maps, from a list with the outermost Jacobian first: [J_k, ..., J_1].

    >>> chain_many([np.array([[2.0]]), np.array([[3.0]]), np.array([[5.0, 7.0]])])
    array([[30., 42.]])
    """
    ### BEGIN SOLUTION
    product = Js[0]
    for J in Js[1:]:
        product = chain(product, J)
    return product
    ### END SOLUTION

# %% [markdown]
# Where every link has one input and one output, the matrices are plain numbers, and this is the chain rule of [lesson 1b](../01b_rules/01b_rules.ipynb).

# %% [markdown]
# ## Invent it: a product without the matrix
#
# Before you read on: you want $J\mathbf{v}$ for a single $\mathbf{v}$, and $f$ is dear. Get it with as few values of $f$ as you can. Nobody checks this cell; it prints how many values
# you took.

# %%
def along(f, x, v):
    return ...  # yours


taken = []
f = lambda x: taken.append(x) or np.array([x[0] * x[1], x[1] * x[2]])
print(along(f, np.array([2.0, 3.0, 5.0]), np.array([1.0, 10.0, 100.0])), "with", len(taken), "values of f")

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is `[23, 350]`.
#
# - **The whole Jacobian** by central differences, times $\mathbf{v}$, is right: six values for three inputs, and two million for a million.
# - `f(v)` gives 10 and 1000. That would be right for a linear $f$.
# - `f(x + v) - f(x)` gives 33 and 1350. It goes too far, and $f$ bends on the way.
# - `(f(x + 1e-6 * v) - f(x)) / 1e-6` is right to six digits, with two values, whatever the number of inputs.
#
# And a product from the other side, $\mathbf{u}^\top J$? Differences of `u @ f(x)` get one entry for each input that you move: six values again. Whether that can be had for less comes now.
#
# </details>

# %% [markdown]
# ## Predict again
#
# You may multiply a Jacobian with a vector from either side, and there are ways to do both without ever building the matrix:
#
# - **forward**, $J\mathbf{v}$ (a **JVP**, Jacobian-vector product): how fast the outputs move when the input moves with velocity $\mathbf{v}$. One pass gives one *column* when $\mathbf{v}$ is a basis vector.
# - **backward**, $\mathbf{u}^\top J$ (a **VJP**): how strongly a weighted sum of the outputs depends on every input. One pass gives one *row* when $\mathbf{u}$ is a basis vector.
#
# A loss has a million inputs and one output. The picture begins with $n =$ 5<!-- drag --> inputs and 3 outputs.

# %%
predict("jvp_vjp", "How many backward passes does its whole gradient take?", {
    "a million": "That is the price of going forward: one pass a column, a million columns. The Jacobian of a loss has a single row, so backward one pass is enough.",
    "one": "Yes: the Jacobian has one row, and one backward pass gives one row. Forward it would take a million passes, one a column. That is why training goes backward.",
})

# %%
jvp_vjp_explorer()

# %% [markdown]
# ## Forward: J·v
#
# Walk along the line $\mathbf{x} + t\mathbf{v}$ and watch $f$. That is a function of the single number $t$, and its derivative at $t = 0$ is
#
# $$\frac{d}{dt} f(\mathbf{x} + t\mathbf{v}) = J\,\mathbf{v}$$
#
# With a central difference it costs two evaluations of $f$, however many inputs there are.

# %% exercise="jvp"
def jvp(f, x, v):
    """The Jacobian of f at x times v: x (n,), v (n,), f(x) (m,) -> (m,). At most two evaluations of f.

    Right to six digits, compared with the largest of f and its slopes, for a v no longer than 5.

    >>> jvp(lambda x: np.array([x[0] + x[1], x[0] * x[1]]), np.array([3.0, 2.0]), np.array([1.0, 10.0])).round(5)
    array([11., 32.])
    """
    ### BEGIN SOLUTION
    h = np.cbrt(np.finfo(float).eps)
    return (f(x + h * v) - f(x - h * v)) / (2 * h)
    ### END SOLUTION

# %% [markdown]
# ## Backward: uᵀ·J
#
# Differences cannot go backward: you cannot nudge an output and see how the inputs follow. Backward products are worked out **on paper**, once for every
# kind of map, and then they are cheap.
#
# Worked for an elementwise map: $J$ is diagonal with the slopes $f'(x_j)$, so $(\mathbf{u}^\top J)_j = u_j\,f'(x_j)$. A product of two vectors, no matrix.
#
# Your turn for the softmax. Its Jacobian has $n^2$ entries, and $n$ is the size of the vocabulary in a language model: 200 000 is not unusual.
# The full matrix would take 320 GB. Multiply $\mathbf{u}^\top$ into your formula on paper and see how little is left.

# %% exercise="vjp_softmax"
def vjp_softmax(z, u):
    """u times the Jacobian of softmax at z, without building it: z (n,), u (n,) -> (n,). Right for scores of any size.

    >>> vjp_softmax(np.array([0.0, np.log(3.0)]), np.array([1.0, 0.0])).round(4)
    array([ 0.1875, -0.1875])
    """
    ### BEGIN SOLUTION
    s = softmax(z)
    return s * (u - u @ s)
    ### END SOLUTION

# %% [markdown]
# There is a test for such a pair that needs no formula. The number $\mathbf{u}^\top J\,\mathbf{v}$ can be computed forward first or backward first:
#
# $$\mathbf{u} \cdot (J\mathbf{v}) = (\mathbf{u}^\top J) \cdot \mathbf{v}$$
#
# It is called the **dot-product test**. Run it with random vectors; ones or zeros would hide mistakes.

# %%
rng = np.random.default_rng(5)
z, u, v = rng.normal(size=(3, 6))
try:
    print("forward first: ", u @ jvp(softmax, z, v))
    print("backward first:", vjp_softmax(z, u) @ v)
    print("200 000 scores:", vjp_softmax(*rng.normal(size=(2, 200_000))).shape)
except NotImplementedError:
    print("write softmax, jvp and vjp_softmax first")

# %% [markdown]
# ## Invent it: how the slopes change
#
# Before you read on: the gradient of $f(x, z) = x^2z$ is $(2xz,\; x^2)$, at $(3, 2)$ it is $(12, 9)$. Close by it is another one. Write all that tells how it changes, any way you like.
# Nobody checks this cell.

# %%
gradf = lambda x: np.array([2 * x[0] * x[1], x[0] ** 2])
x, h = np.array([3.0, 2.0]), 1e-6
yours = ...
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# - **The change of each slope along its own axis** is 4 and 0. But the slope in $x$ also changes when $z$ moves, by 6.
# - `(gradf(x + h) - gradf(x)) / h` gives 10 and 6. Both inputs have moved at once, and the changes are added up.
# - `np.outer(gradf(x), gradf(x))` has four numbers, 144, 108, 108 and 81: products of slopes, and no change of any.
# - **One input at a time, both slopes each time**: `[[4, 6], [6, 0]]`. That is all. The two 6 are no accident.
#
# </details>

# %% [markdown]
# ## Second derivatives: the Hessian
#
# The gradient of a scalar function $f$ is itself a map from $\mathbb{R}^n$ to $\mathbb{R}^n$. So it has a Jacobian.
#
# **In a sentence.** The Hessian of $f$ is the Jacobian of its gradient: how every slope changes with every input.
#
# **As a formula.**
#
# $$H_{ij} = \frac{\partial^2 f}{\partial x_i\,\partial x_j}$$
#
# **As a number.** For $f(x, z) = 4x^4z^3$ the gradient is $(16x^3z^3,\; 12x^4z^2)$. Differentiate both entries once more:
#
# $$H = \begin{pmatrix} 48x^2z^3 & 48x^3z^2 \\ 48x^3z^2 & 24x^4z \end{pmatrix}$$
#
# The two mixed entries agree. For functions with continuous second partials they always do: $H = H^\top$.
#
# **In a computer.** You divide a rounding error by $h$ twice. The error is about $\varepsilon/h^2$ from rounding and $h^2$ from the formula; they balance at
# $h \approx \varepsilon^{1/4} \approx 10^{-4}$, and leave about seven or eight correct digits.

# %%
eps = np.finfo(float).eps
for h in (1e-8, 1e-6, 1e-4, 1e-2):
    print(f"h = {h:.0e}   rounding {eps / h**2:8.1e}   formula {h**2:8.1e}")

# %% exercise="hessian"
def hessian(f, x):
    """All second partial derivatives of a scalar function, by differences: x (n,) -> (n, n), symmetric.

    Right to six digits, compared with the largest of f and its second partials, for entries of x that are not far above 1 in size.
    x may hold whole numbers, and is left as it was.

    >>> hessian(lambda x: x[0] ** 2 * x[1], np.array([3.0, 2.0])).round(4)
    array([[4., 6.],
           [6., 0.]])
    """
    ### BEGIN SOLUTION
    h = np.finfo(float).eps ** 0.25
    steps = h * np.eye(len(x))
    return np.array([[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for b in steps] for a in steps]) / (4 * h * h)
    ### END SOLUTION

# %% [markdown]
# With a million parameters nobody stores a Hessian either. But $H\mathbf{v}$, how the gradient changes along a direction, is one JVP of the gradient.

# %% exercise="hvp"
def hvp(gradf, x, v):
    """The Hessian of f at x times v, from the gradient of f: x (n,), v (n,) -> (n,). At most two gradients.

    gradf is the gradient of f, a function of x.
    Right to six digits, compared with the largest of the gradient and its slopes, for a v no longer than 5.

    >>> hvp(lambda x: np.array([2 * x[0] * x[1], x[0] ** 2]), np.array([3.0, 2.0]), np.array([1.0, 1.0])).round(4)
    array([10.,  6.])
    """
    ### BEGIN SOLUTION
    return jvp(gradf, x, v)
    ### END SOLUTION

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues tested their VJP $\mathbf{u}^\top J$ with the Jacobian of the softmax, and with that of an entrywise function. Find a square $J$ and a $\mathbf{u}$ on which *both* are wrong.

# %% exercise="catch_the_wrong_side"
def catch_the_wrong_side():
    """A pair (J, u) on which both functions above differ from the VJP of u with J.

    J is (n, n), u is (n,), with entries of at most 100 in size.
    """
    ### BEGIN SOLUTION
    return [[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who knows the gradient: what are the rows of a Jacobian, and what are its columns?

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can write down the Jacobian of a small map by hand, and I know which way round it stands.
# - I can tell why a square example, or a symmetric one such as the softmax, cannot reveal a transposed Jacobian.
# - I can chain Jacobians in the right order and explain the order with a small step.
# - I can multiply by a Jacobian forward and backward without building it, and check one against the other.
# - I can say how many forward and how many backward passes the Jacobian of a loss takes.
# - I can explain why second differences need a larger step than first ones.

# %%
progress("05_jacobian")

# %% [markdown]
# Next: [what if the inputs are matrices?](../06_generalized_jacobian/06_generalized_jacobian.ipynb)
