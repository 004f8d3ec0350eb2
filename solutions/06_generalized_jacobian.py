# %% [markdown]
# # 6 · The generalized Jacobian
#
# **The question:** what is the derivative when inputs and outputs are tables of numbers, or stacks of tables?
#
# A batch of examples is a matrix. A batch of images has four axes. A layer turns one such array into another. Its derivative needs an index for every axis of the
# output and one for every axis of the input. This lesson makes that a definition you can compute with, shows what its entries look like for the layers people really
# use, and ends with the reason why you will almost never compute it.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: the Jacobian, JVP and VJP (lesson 5), and NumPy shapes (lesson 0).
#
# You will be able to: say the shape of any derivative at once, flatten and unflatten without losing an index, chain tensors, read and write `einsum`, and tell whether the
# examples of a batch are independent.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import differential_explorer, index_explorer, memory_meter

# %% [markdown]
# ## Part 1: Tensors of slopes
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Warm-up
#
# From memory.
#
# **One.** A map has 500 inputs and 2 outputs. How many backward passes (VJPs) give its whole Jacobian?
#
# - **a** 2
# - **b** 500
# - **c** 1000
# - **d** 1

# %% exercise="recall_backward_passes"
def recall_backward_passes():
    """The letter of your answer, for example "d"."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION

# %% [markdown]
# **Two.** A loss is one number and depends on a matrix $W$ with the shape `(3, 4)`. Which shape has its gradient with respect to $W$?
#
# - **a** `(12,)`
# - **b** `(4, 3)`
# - **c** `(3, 4)`
# - **d** `()`

# %% exercise="recall_gradient_of_a_matrix"
def recall_gradient_of_a_matrix():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# **Three**, without points: why is a central difference with $h = 10^{-12}$ worse than one with $h = 10^{-5}$? Say it in a sentence. Then look it up in lesson 2 if you are not sure.

# %% [markdown] covers="S0.15"
# ## Tensors
#
# In this course a **tensor** is a rectangular array of numbers with $D$ axes. A number has $D = 0$, a vector $D = 1$, a matrix $D = 2$. Its **shape** is the tuple of the lengths of
# the axes. An entry is addressed by a **multi-index**, a tuple with one whole number for each axis.
#
# **Worked example.** 32 images, 8 high and 8 wide with one colour channel, have $D = 4$ axes, the shape `(32, 8, 8, 1)` and $32 \cdot 8 \cdot 8 \cdot 1 = 2048$ entries. The last one has
# the multi-index `(31, 7, 7, 0)`.

# %%
images = np.zeros((32, 8, 8, 1))  # 32 images, 8 high, 8 wide, 1 colour channel
print("ndim", images.ndim, "  shape", images.shape, "  size", images.size, "  len", len(images))
print("a number:", np.ndim(3.0), np.shape(3.0), np.size(3.0))

# %% [markdown]
# The [source](../00_start_here/notation.md) of this lesson uses one symbol, $|\mathbf{x}|$, for several of these. Exactly one of the following statements is true. Which?
#
# - **a** $|\mathbf{x}|$, the number of components, and $|\mathbf{x}|$, the number of axes, are the same thing.
# - **b** The shape of a tensor is the product of the lengths of its axes.
# - **c** A tensor with the shape `(2, 3)` has 2 axes and 6 entries.
# - **d** When we go from vectors to tensors, the indices $i$ and $j$ become tensors themselves.

# %% exercise="true_of_a_tensor"
def true_of_a_tensor():
    """The letter of the true statement."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# ## Invent it: a place for every slope
#
# Before you read on: $X$ has the shape `(2, 3)`, $Y = XW$ has the shape `(2, 4)`. Each entry of $Y$ has a slope for each entry of $X$. In an array of which shape would
# you keep them? Write it, any way you like; nobody checks this cell.

# %%
yours = ...  # a shape
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# There are $8 \cdot 6 = 48$ slopes.
#
# - `(2, 3)` has room for 6. An array of this shape can only hold what all 8 outputs say *together*: the slopes of their sum.
# - `(8, 6)` holds all of them. It has forgotten which row belongs to which entry of $Y$, and somebody must remember in which order they were counted.
# - `(2, 3, 2, 4)` holds all of them with their indices, inputs first. Some texts do that. This course puts the outputs first: `(2, 4, 2, 3)`.
#
# </details>

# %% [markdown]
# ## Predict first
#
# $X$ has the shape `(2, 3)`: two examples with three features. $W$ has the shape `(3, 4)`. Then $Y = XW$ has the shape `(2, 4)`. Pair every entry of $Y$ with every entry of $X$:
# that makes $8 \cdot 6 = 48$ partial derivatives.

# %%
predict("index", "For random W, how many of the 48 are not zero?", {
    "all": "Look at an entry with different first indices, such as Y[0, 1] and X[1, 2]. The first example's output does not see the second example's input. Half of the entries vanish.",
    "half": "Yes. Row i of Y is made of row i of X alone. With two examples one half of the pairs has equal row indices: 24 of 48.",
    "a few": "More than that: within one example every output feels every feature, 4 times 3 entries for each of the 2 examples. That makes 24 of 48.",
})

# %% [markdown]
# ## Look
#
# Choose $XW$ with respect to $X$. You are at entry 1<!-- drag --> of the input. Move the indices and watch which entry lights up. Then look at the flat picture: where are the zeros, and what pattern do they make?

# %%
index_explorer()

# %% [markdown] covers="S0.16 S0.17"
# ## The generalized Jacobian
#
# **In a sentence.** The generalized Jacobian of $Y = f(X)$ holds the partial derivative of every entry of $Y$ by every entry of $X$; the axes of $Y$ come first, then those of $X$.
#
# **As a formula.** With multi-indices $\mathbf{i}$ for $Y$ and $\mathbf{j}$ for $X$:
#
# $$G_{\mathbf{i}\,\mathbf{j}} = \frac{\partial Y_{\mathbf{i}}}{\partial X_{\mathbf{j}}}, \qquad \text{shape of } G = \text{shape of } Y \text{, then shape of } X$$
#
# **In code.** `G.shape == Y.shape + X.shape` and `G[i + j]` is the derivative of `Y[i]` by `X[j]`, for tuples `i` and `j`. $G$ is a tensor. An entry of it is a number.
#
# **As a picture.** The lit cell in the explorer: two indices to choose the output, two to choose the input.
#
# (The same words, *generalized Jacobian*, also name something else: Clarke's set of derivatives at a kink. Here it always means this tensor.)

# %% [markdown] covers="S1.19"
# ## One rule, four names
#
# You have met three special cases already.
#
# | input | output | shape of the derivative | name |
# |---|---|---|---|
# | `()` | `()` | `()` | derivative |
# | `(n,)` | `()` | `(n,)` | gradient |
# | `(n,)` | `(m,)` | `(m, n)` | Jacobian |
# | any shape `s` | any shape `t` | `t + s` | generalized Jacobian |
#
# A tensor here may have any number of axes, zero included.

# %% [markdown]
# ## Worked example: a `(2, 3)` matrix times a `(3, 4)` matrix
#
# Write down **one** entry with all its indices, then differentiate it. The rest follows.
#
# | step | line | rule |
# |---|---|---|
# | 1 | $Y_{ij} = \sum_d X_{id}\,W_{dj}$ | the matrix product |
# | 2 | $\dfrac{\partial Y_{ij}}{\partial X_{pq}} = \sum_d \dfrac{\partial X_{id}}{\partial X_{pq}}\,W_{dj}$ | $W$ does not depend on $X$ |
# | 3 | $\dfrac{\partial X_{id}}{\partial X_{pq}} = \delta_{ip}\,\delta_{dq}$ | two entries of $X$ are the same variable or have nothing to do with each other |
# | 4 | $\dfrac{\partial Y_{ij}}{\partial X_{pq}} = \delta_{ip}\,W_{qj}$ | $\delta_{dq}$ leaves one term of the sum |
#
# The **Kronecker delta** $\delta_{ip}$ is 1 for $i = p$ and 0 otherwise; in code it is `np.eye`. Line 4 says: zero unless both belong to the same example. That is the half you predicted.
#
# In numbers: let row 0 of $X$ grow by 0.01 in its entry 2. Line 4 promises that row 0 of $Y$ grows by 0.01 times row 2 of $W$, and row 1 stays.

# %%
rng = np.random.default_rng(6)
X, W = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))
moved = X.copy()
moved[0, 2] += 0.01
print((moved @ W - X @ W) / 0.01)
print("row 2 of W:", W[2])

# %% [markdown]
# ## The same with steps left out: Y = Xᵀ
#
# $X$ has the shape `(2, 3)`. Which shape has $G$, and what are its entries?
#
# | step | line |
# |---|---|
# | 1 | $Y_{ab} = X_{\ldots}$ |
# | 2 | $\dfrac{\partial Y_{ab}}{\partial X_{pq}} = \delta_{\ldots}\,\delta_{\ldots}$ |
# | 3 | the shape of $G$ is $\ldots$ |
#
# <details><summary>Compare</summary>
#
# Line 1: $X_{ba}$. Line 2: $\delta_{bp}\,\delta_{aq}$. Line 3: `(3, 2, 2, 3)`.
#
# </details>

# %% [markdown]
# ## In code
#
# As in lesson 5: move **one** input entry, and all of $Y$ answers at once. One refinement, if you like: in floats $x + h$ is rounded, so the two points are not exactly $2h$ apart.
# Divide by the distance that they really have, `right[index] - left[index]`.

# %% exercise="generalized_jacobian"
def generalized_jacobian(f, X):
    """The generalized Jacobian of f at X, by differences; its shape is Y.shape + X.shape for Y = f(X).

    X and f(X) are arrays of any shape, or plain numbers, with entries up to 10 in size.
    Six correct digits are enough.
    X may hold whole numbers, and is left as it was.

    >>> generalized_jacobian(np.transpose, np.ones((2, 3))).shape
    (3, 2, 2, 3)
    """
    ### BEGIN SOLUTION
    X = np.array(X, dtype=float)
    h = np.cbrt(np.finfo(float).eps)
    G = np.empty(np.shape(f(X)) + X.shape)
    for index in np.ndindex(X.shape):
        right, left = X.copy(), X.copy()
        right[index] += h
        left[index] -= h
        G[(..., *index)] = (f(right) - f(left)) / (right[index] - left[index])
    return G
    ### END SOLUTION

# %% [markdown] covers="S0.22 S0.23"
# ## Flatten and unflatten
#
# Lots of data has more than one axis. An image has a height, a width and a depth (its colour channels). To work with vectors alone, you **flatten** an image into one, take
# an ordinary Jacobian, and then **unflatten** the derivatives: you put each one back at the index of the pixel it came from. Take a small colour picture, 4 high, 5 wide, with the
# channels red, green and blue. The last axis counts fastest: `flat` begins with red, green and blue of the first pixel, then those of the second.

# %%
image = np.arange(60.0).reshape(4, 5, 3)
flat = image.ravel()
index = np.unravel_index(19, image.shape)
print("flat[19] =", flat[19], "  came from the index", tuple(map(int, index)), "  image there:", image[index])

# %% [markdown]
# Both ways of working hold the same numbers. If everything is flattened in the same order, the order in which NumPy counts indices (last axis fastest), then
#
# $$\text{the Jacobian of the flattened map} = G \text{ reshaped to (size of } Y\text{, size of } X)$$
#
# Working on tensors you can skip the detour, and a bug that it invites: two different orders for there and back.

# %% exercise="flatten_jacobian"
def flatten_jacobian(G, y_ndim):
    """The Jacobian of the flattened map: G of shape Y.shape + X.shape -> (Y.size, X.size).

    y_ndim is the number of axes of Y, the first ones of G. It may be 0.

    >>> flatten_jacobian(np.ones((2, 4, 2, 3)), 2).shape
    (8, 6)
    """
    ### BEGIN SOLUTION
    rows = int(np.prod(G.shape[:y_ndim]))
    return G.reshape(rows, G.size // rows)
    ### END SOLUTION

# %% exercise="unflatten_jacobian"
def unflatten_jacobian(J, y_shape, x_shape):
    """The way back: J of shape (Y.size, X.size) -> y_shape + x_shape.

    >>> unflatten_jacobian(np.arange(6.0).reshape(2, 3), (2,), (3, 1)).shape
    (2, 3, 1)
    """
    ### BEGIN SOLUTION
    return np.reshape(J, (*y_shape, *x_shape))
    ### END SOLUTION

# %%
try:
    G = generalized_jacobian(lambda X: np.tanh(X @ W), X)
    J = generalized_jacobian(lambda x: np.tanh(x.reshape(2, 3) @ W).ravel(), X.ravel())
    print("theorem holds:", np.allclose(flatten_jacobian(G, 2), J), " and back:", np.allclose(unflatten_jacobian(J, (2, 4), (2, 3)), G))
except NotImplementedError:
    print("write generalized_jacobian, flatten_jacobian and unflatten_jacobian first")

# %% [markdown] covers="S0.18 S0.19 S0.10"
# ## Repair the wrong lines: a recursion
#
# The [source](../00_start_here/notation.md) defines the tensor **recursively**. Its formula was lost when the page was made; the words around it leave little doubt that it was this one. The part of
# $\partial\mathbf{y}/\partial\mathbf{x}$ with leading indices $i$ and $j$ is
#
# $$\left(\frac{\partial\mathbf{y}}{\partial\mathbf{x}}\right)^{(i)}_j = \frac{\partial\mathbf{y}^{(i)}}{\partial\mathbf{x}_j}$$
#
# Here $\mathbf{y}^{(i)}$ and $\mathbf{x}_j$ have one axis less each, so the recursion comes to an end with vectors and numbers. A good idea. Taken literally, it is this:
#
# ```python
# def literal(f, X):
#     Y = f(X)
#     return np.array([[literal(part_i, X[j]) for j in range(len(X))] for i in range(len(Y))])   # part_i: X[j] -> Y[i]
# ```
#
# Three things are wrong with it.
#
# 1. If $\mathbf{y}$ is a number there is no $\mathbf{y}^{(i)}$. That is the case of **every loss**. When one side has no axis left, go on with the other alone.
# 2. For two matrices it peels y, x, y, x. The axes come out in that order: for $Y = XW$ above the shape is `(2, 2, 4, 3)` and not the promised `(2, 4, 2, 3)`.
# 3. The base case is a number by a number: an ordinary difference quotient. (The source's remark that $\partial\mathbf{y}/\partial x$ for a number $x$ is a "vector of length 1" would add an axis that
#    no number has.)
#
# The line above uses a `part_i` that it never defines: "`Y[i]` as a function of `X[j]` alone". Making such functions is half of the work. A part of the output is easy,
# `lambda X: f(X)[i]`. A part of the input is the slice of lesson 3, with a whole part in the place of one number. Write that first.

# %% exercise="vary_part"
def vary_part(f, X, j):
    """f as a function of one part of X alone: the function part -> f(X with X[j] replaced by part).

    X has one axis or more; part has the shape of X[j]. X may hold whole numbers, and is left as it was.

    >>> g = vary_part(lambda X: X.sum(axis=0), np.array([[1.0, 2.0], [3.0, 4.0]]), 1)
    >>> g(np.array([10.0, 20.0]))
    array([11., 22.])
    """
    ### BEGIN SOLUTION
    X = np.array(X, dtype=float)

    def of_part(part):
        moved = X.copy()
        moved[j] = part
        return f(moved)

    return of_part
    ### END SOLUTION

# %% [markdown]
# Now write the repaired recursion. Peel all of $Y$ first, then all of $X$.

# %% exercise="recursive_generalized_jacobian"
def recursive_generalized_jacobian(f, X):
    """The same tensor as generalized_jacobian, by recursion over the leading axes: shape Y.shape + X.shape.

    Six correct digits are enough.

    >>> recursive_generalized_jacobian(lambda X: (X ** 2).sum(), np.array([[1.0, 2.0]])).round(4)
    array([[2., 4.]])
    """
    ### BEGIN SOLUTION
    X, Y = np.array(X, dtype=float), np.asarray(f(X))
    if Y.ndim:
        return np.stack([recursive_generalized_jacobian(lambda X, i=i: f(X)[i], X) for i in range(len(Y))])
    if X.ndim:
        return np.stack([recursive_generalized_jacobian(vary_part(f, X, j), X[j]) for j in range(len(X))])
    h = np.cbrt(np.finfo(float).eps)
    return np.asarray((f(X + h) - f(X - h)) / (2 * h))
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You can build a generalized Jacobian, flatten it and bring it back, and repair the recursion that makes it axis by axis.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: Formulas, batches, and where they come from
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Invent it: multiply two of them
#
# Before you read on: $Z$ has the shape `(3,)`, $Y$ the shape `(2, 2)`, $X$ the shape `(3,)`. Two tensors of slopes are known. Write the one of $Z$ by $X$,
# any way you like.

# %%
dZ_dY, dY_dX = np.arange(12.0).reshape(3, 2, 2), np.arange(12.0).reshape(2, 2, 3)
yours = ...
np.shape(yours)

# %% [markdown]
# <details><summary>Compare</summary>
#
# It must have the shape `(3, 3)`, and $\partial Z_0/\partial X_0$ must be 42: a sum of four products, one for each entry of $Y$.
#
# - `np.tensordot(dZ_dY, dY_dX, axes=1)` sums over one axis only. Two axes of $Y$ are left, and the shape is `(3, 2, 2, 3)`.
# - `np.einsum("zab,bax->zx", dZ_dY, dY_dX)` has the right shape and pairs the axes of $Y$ crosswise: it gives 39. Here both axes have the length 2, so nothing protests.
# - `dZ_dY @ dY_dX` raises an error here. `@` takes the axes in front for a stack, and stacks of 3 and 2 do not go together.
#
# </details>

# %% [markdown]
# ## The chain rule
#
# What is such a tensor good for? It chains.
#
# **In a sentence.** To go from $X$ to $Z$ through $Y$, add up over every entry of $Y$: how $Z$ answers to that entry, times how that entry answers to $X$.
#
# **As a formula.** For $Y = f(X)$ and $Z = g(Y)$, with a sum over the whole multi-index $\mathbf{k}$:
#
# $$\frac{\partial Z_{\mathbf{i}}}{\partial X_{\mathbf{j}}} = \sum_{\mathbf{k}} \frac{\partial Z_{\mathbf{i}}}{\partial Y_{\mathbf{k}}}\;\frac{\partial Y_{\mathbf{k}}}{\partial X_{\mathbf{j}}}$$
#
# For vectors this is the matrix product of lesson 5. For tensors the sum runs over **all** axes of $Y$: the last ones of the first factor, the first ones of the second. This is called a
# *contraction*.

# %% exercise="contract"
def contract(dZ_dY, dY_dX, y_ndim):
    """The chain rule: shapes Z.shape + Y.shape and Y.shape + X.shape -> Z.shape + X.shape.

    y_ndim is the number of axes of Y. It may be 0.

    >>> contract(np.ones((5, 2, 4)), np.ones((2, 4, 3)), 2)[0]
    array([8., 8., 8.])
    """
    ### BEGIN SOLUTION
    return np.tensordot(dZ_dY, dY_dX, axes=y_ndim)
    ### END SOLUTION

# %% [markdown]
# ## Index formulas in code: `einsum`
#
# `np.einsum` takes an index formula as it stands on paper. Letters on the left name the axes of the factors, letters after `->` those of the result. A letter that is missing on the right is summed
# over.
#
# | on paper | in code |
# |---|---|
# | $Y_{ij} = \sum_d X_{id} W_{dj}$ | `np.einsum("id,dj->ij", X, W)` |
# | $A_{ij} = u_i v_j$ | `np.einsum("i,j->ij", u, v)` |
# | $D_{ij} = \delta_{ij} s_j$ | `np.einsum("ij,j->ij", np.eye(len(s)), s)` |
# | $t = \sum_i A_{ii}$ | `np.einsum("ii->", A)` |
#
# First an elementwise map, $Y_{\mathbf{i}} = f(X_{\mathbf{i}})$, for $X$ of any shape. An output feels one input, the one with the same multi-index: a delta for **every** axis.

# %% exercise="genjac_elementwise"
def genjac_elementwise(fprime, X):
    """The generalized Jacobian of a function applied to every entry of X: shape X.shape + X.shape.

    fprime is the derivative of the scalar function; it takes arrays.
    X has one axis or more.

    >>> genjac_elementwise(np.cos, np.zeros((1, 2)))
    array([[[[1., 0.]],
    <BLANKLINE>
            [[0., 1.]]]])
    """
    ### BEGIN SOLUTION
    return np.diag(fprime(X).ravel()).reshape(X.shape + X.shape)
    ### END SOLUTION

# %% [markdown]
# Now the matrix product, with respect to both factors. For $X$ the worked example has the formula. For $W$, do it on paper: differentiate $Y_{ij} = \sum_d X_{id} W_{dj}$ by $W_{qr}$.

# %% exercise="genjac_matmul"
def genjac_matmul(X, W):
    """Both generalized Jacobians of Y = X W: X (m, n), W (n, k) -> (m, k, m, n) for X and (m, k, n, k) for W.

    >>> G_X, G_W = genjac_matmul(np.array([[2.0, 3.0]]), np.array([[5.0], [7.0]]))
    >>> G_X, G_W
    (array([[[[5., 7.]]]]), array([[[[2.],
             [3.]]]]))
    """
    ### BEGIN SOLUTION
    G_X = np.einsum("ip,dj->ijpd", np.eye(len(X)), W)
    G_W = np.einsum("id,jr->ijdr", X, np.eye(W.shape[1]))
    return G_X, G_W
    ### END SOLUTION

# %% [markdown] covers="S0.20"
# ## Where do these tensors come from?
#
# They are everywhere, for two reasons: data with several axes, and the **mini-batch**. A network looks at many examples at once, and the first axis counts the examples.
#
# A softmax for every row of a batch shows both at work: within a row everything depends on everything, between rows nothing does.

# %% exercise="genjac_softmax_rows"
def genjac_softmax_rows(Z):
    """The generalized Jacobian of a softmax applied to every row: Z (m, k) -> (m, k, m, k).

    Right for scores of any size.

    >>> genjac_softmax_rows(np.array([[0.0, np.log(3.0)]])).round(4)
    array([[[[ 0.1875, -0.1875]],
    <BLANKLINE>
            [[-0.1875,  0.1875]]]])
    """
    ### BEGIN SOLUTION
    S = np.exp(Z - Z.max(axis=1, keepdims=True))
    S = S / S.sum(axis=1, keepdims=True)
    own = np.einsum("ij,jr->ijr", S, np.eye(Z.shape[1])) - np.einsum("ij,ir->ijr", S, S)
    return np.einsum("ijr,ip->ijpr", own, np.eye(len(Z)))
    ### END SOLUTION

# %% [markdown] covers="S0.21"
# ## The dimension called None
#
# When a library such as TensorFlow prints the shape of a layer's output, there is often one axis more than you expect, and its length is `None`: `(None, 8, 8, 1)` for images of 8 by 8
# with one channel. It computes on all examples of a mini-batch at once, and the leading index says which example. A layer is described once, before any data
# are there, and then it serves a batch of 32 as well as a last one of 5. So `None` is no length, it is a place for one: with 32 images the shape is `(32, 8, 8, 1)`, with 5
# it is `(5, 8, 8, 1)`, and the parameters, which no example changes, have no such axis. What does the `None` itself mean?
#
# - **a** The shape is unknown because of an error.
# - **b** This axis does not take part in the computation.
# - **c** The layer is described before any data arrive, and it works for a batch of any length.
# - **d** Examples are computed at the same time, and things that happen at the same time have no number.

# %% exercise="meaning_of_none"
def meaning_of_none():
    """The letter of your answer."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# The mathematics behind that axis: if every example is treated by itself, then
#
# $$\frac{\partial Y_{b\ldots}}{\partial X_{c\ldots}} = 0 \quad \text{for two different examples } b \neq c$$
#
# Flattened, that is a **block diagonal** matrix: one block per example. It is a property of the map, not a law. A layer that subtracts the mean of the batch lets every example feel all others.
#
# Parameters are different again: one $W$ serves all examples. By the chain rule a loss collects its derivative by $W$ from every example, so the gradient of a shared parameter is a **sum over the
# batch**. Remember this one; lesson 7 needs it three times.

# %% exercise="batch_block_diagonal"
def batch_block_diagonal(G, tol):
    """Whether no example feels another one: G (m, k, m, n), all entries between different examples at most tol in size.

    >>> batch_block_diagonal(np.ones((1, 2, 1, 3)), 1e-9), batch_block_diagonal(np.ones((2, 2, 2, 3)), 1e-9)
    (True, False)
    """
    ### BEGIN SOLUTION
    b, c = np.nonzero(~np.eye(len(G), dtype=bool))
    return bool(np.all(np.abs(G[b, :, c, :]) <= tol))
    ### END SOLUTION

# %% [markdown]
# If the examples are independent, the blocks say everything, and they take $m$ times less room.

# %% exercise="per_example"
def per_example(G):
    """The Jacobian of every example: G (m, k, m, n) -> (m, k, n).

    >>> per_example(np.arange(4.0).reshape(2, 1, 2, 1)).ravel()
    array([0., 3.])
    """
    ### BEGIN SOLUTION
    return np.einsum("bmbn->bmn", G)
    ### END SOLUTION

# %% [markdown]
# ## Predict again
#
# A layer of ordinary size: a batch of 64 examples, 4096 features in, 4096 out, numbers of 4 bytes. The picture begins smaller, with $k =$ 16<!-- drag --> outputs.

# %%
predict("memory_meter", "How much memory does ∂Y/∂W take, all of it?", {
    "megabytes": "That is what the answer of a backward pass takes: 64 MiB for the gradient by W. The full tensor has 64 · 4096 · 4096 · 4096 entries: 16 TiB.",
    "gigabytes": "That fits the derivative by X, 256 GiB. The one by W has 64 · 4096 · 4096 · 4096 entries of 4 bytes: 16 TiB.",
    "terabytes": "Yes: 64 · 4096 · 4096 · 4096 entries of 4 bytes make 16 TiB, and nearly all of them are zero. The backward pass needs 64 MiB for its answer.",
})

# %%
memory_meter()

# %%
m, n, k = 64, 4096, 4096
for name, entries in {"dY/dX": m * k * m * n, "dY/dW": m * k * n * k, "VJP to X": m * n, "VJP to W": n * k}.items():
    print(f"{name:9s} {entries * 4 / 2**20:>14,.0f} MiB")

# %% [markdown]
# ## So nobody builds it
#
# Training needs the gradient of **one number**, the loss. The chain rule can be worked from the loss backward, and then every contraction starts with a tensor of the shape of $Y$: a VJP. The generalized Jacobian
# is what the VJP multiplies by; it stays on paper. For $Y = XW$ and an upstream gradient $U$ with the shape of $Y$, contract your two tensors with $U$ and simplify:
#
# $$\sum_{ij} U_{ij}\,\delta_{ip}\,W_{dj} = \sum_j U_{pj} W_{dj} \;\;\text{: that is } U W^\top, \qquad \sum_{ij} U_{ij}\,X_{id}\,\delta_{jr} = \sum_i X_{id} U_{ir} \;\;\text{: that is } X^\top U$$
#
# Two ordinary matrix products. The sum over $i$ in the second is the sum over the batch.

# %%
U = rng.normal(size=(2, 4))
try:
    G_X, G_W = genjac_matmul(X, W)
    print(np.allclose(contract(U, G_X, 2), U @ W.T), np.allclose(contract(U, G_W, 2), X.T @ U))
except NotImplementedError:
    print("write genjac_matmul and contract first")

# %% [markdown]
# ### A place to stop
#
# You can contract two of these tensors, write them down with an index formula, and say what a batch does to them. You also know what they cost.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 3: Without the tensor
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Invent it: a small change of the inverse
#
# Before you read on: for a number $a$ the inverse $1/a$ changes by $-da/a^2$. Write the same for a matrix, any way you like. The second print is what you are after.

# %%
A, dA = np.array([[2.0, 1.0], [0.0, 1.0]]), np.array([[0.0, 0.0], [1.0, 0.0]])
yours = ...
print(yours)
print((np.linalg.inv(A + 1e-6 * dA) - np.linalg.inv(A - 1e-6 * dA)) / 2e-6)

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is about `[[0.25, -0.25], [-0.5, 0.5]]`.
#
# - `-np.linalg.inv(A) @ np.linalg.inv(A) @ dA` has both inverses on one side: `[[0.75, 0], [-1, 0]]`. With both on the other side it is `[[0, 0], [-0.25, 0.75]]`.
# - `-dA / A**2` divides entry by entry, and $A$ has a 0.
#
# For numbers all of these are one formula, because factors may change places. Where does each inverse belong? The rules below tell.
#
# </details>

# %% [markdown]
# ## Predict: the square of a matrix
#
# For numbers, $a^2$ has the slope $2a$. Now $A$ is a square matrix that changes by a small matrix $dA$.

# %%
predict("differential", "By how much does A A change, to first order?", {
    "A dA + dA A": "Yes. (A + dA)(A + dA) has two mixed terms, and matrices may not change places.",
    "2A dA": "That holds where A dA = dA A, for numbers and for dA = A/2. In the first direction of the picture it stays off, however small t is.",
    "2 dA A": "That holds where A dA = dA A. In general one of the two mixed terms has dA on the right.",
})

# %% [markdown]
# ## Look: which formula closes in?
#
# $A$ moves by $t\,dA$. The picture compares the change of $f(A)$, divided by $t$, with two formulas. A right one closes in when $t$, which is 0.5<!-- drag --> at first, shrinks.
# Then choose the direction $dA = A/2$, and ask yourself what such a test would be worth.

# %%
differential_explorer()

# %% [markdown]
# ## Differentials
#
# **In a sentence.** The differential $dY$ is the part of the change of $Y$ that is linear in the change $dX$: what is left when all products of two small
# changes are dropped.
#
# **As a formula.** For one number $f$ it is a sum over all entries, and the factors are the gradient $G$, with the shape of $X$:
#
# $$df = \langle G, dX \rangle = \sum_{ij} G_{ij}\, dX_{ij}.$$
#
# **The rules** are those of [lesson 1b](../01b_rules/01b_rules.ipynb), with the order of the factors kept:
#
# | expression | differential | why |
# |---|---|---|
# | $A + B$ | $dA + dB$ | |
# | $XW$ | $dX\,W + X\,dW$ | the growing rectangle: two strips, no corner |
# | $A^2$ | $dA\,A + A\,dA$ | both factors are $A$; in general not $2A\,dA$ |
# | $A^\top$ | $(dA)^\top$ | |
# | $A^{-1}$ | $-A^{-1}\,dA\,A^{-1}$ | $A A^{-1} = I$ never changes: $dA\,A^{-1} + A\,d(A^{-1}) = 0$ |
#
# **As a number.** $A = \begin{pmatrix} 0 & 1 \\ 0 & 0 \end{pmatrix}$ and $dA = \begin{pmatrix} 0 & 0 \\ t & 0 \end{pmatrix}$:
# $\;dA\,A + A\,dA = \begin{pmatrix} t & 0 \\ 0 & t \end{pmatrix}$, and $2A\,dA$ would be $\begin{pmatrix} 2t & 0 \\ 0 & 0 \end{pmatrix}$.
#
# A differential, as a function of $dX$, is a JVP. No tensor with four axes is needed to write it down.

# %% exercise="jvp_square"
def jvp_square(A, dA):
    """How much A @ A changes when A changes by dA, to first order: (n, n), (n, n) -> (n, n).

    >>> jvp_square(np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [1.0, 0.0]]))
    array([[1., 0.],
           [0., 1.]])
    """
    ### BEGIN SOLUTION
    return A @ dA + dA @ A
    ### END SOLUTION

# %% [markdown]
# ## From the differential to the gradient
#
# A loss $L$ sees $Y$ through its upstream gradient: $dL = \langle U, dY \rangle$. Put the differential in, and move everything but $dX$ to the other side. Two
# rules do it:
#
# $$\langle U, B\,dX \rangle = \langle B^\top U, dX \rangle, \qquad \langle U, dX\,C \rangle = \langle U C^\top, dX \rangle.$$
#
# **Worked example.** $Y = XW$: $\;\langle U, dX\,W + X\,dW \rangle = \langle U W^\top, dX \rangle + \langle X^\top U, dW \rangle$. These are the two products that you found above with
# Kronecker deltas, now in one line.
#
# Do the same for $Y = A^{-1}$.

# %% exercise="vjp_inverse"
def vjp_inverse(A, U):
    """U sent backward through the inverse: the gradient of np.sum(U * inv(A)) by A: (n, n), (n, n) -> (n, n).

    >>> vjp_inverse(np.array([[2.0]]), np.array([[8.0]]))
    array([[-2.]])
    """
    ### BEGIN SOLUTION
    B = np.linalg.inv(A)
    return -B.T @ U @ B.T
    ### END SOLUTION

# %% [markdown]
# ## The dot-product test
#
# A JVP and a VJP of one map belong together: for every $V$ with the shape of the input and every $U$ with that of the output
#
# $$\langle U, \mathrm{jvp}(V) \rangle = \langle \mathrm{vjp}(U), V \rangle.$$
#
# Two random arrays are enough to test a backward function, at the cost of one forward and one backward pass, whatever the number of parameters.

# %% exercise="dot_product_test"
def dot_product_test(jvp, vjp, in_shape, out_shape, rng):
    """Whether jvp and vjp can be the two halves of one linear map. Directions are drawn by rng, a NumPy generator.

    jvp takes an array with in_shape to one with out_shape, vjp takes one with out_shape to one with in_shape.
    The two sums differ by rounding even where the halves belong together.
    """
    ### BEGIN SOLUTION
    V, U = rng.normal(size=in_shape), rng.normal(size=out_shape)
    return bool(np.isclose(np.sum(U * jvp(V)), np.sum(vjp(U) * V), rtol=1e-8, atol=1e-12))
    ### END SOLUTION

# %% [markdown]
# ## One layer all the way: a convolution
#
# Slide a short kernel $k$ along a signal $x$. Each output is the weighted sum of a window:
#
# $$y_o = \sum_j x_{o+j}\,k_j$$
#
# Only windows that lie inside the signal count. The kernel is **not** turned around. (Networks call this a convolution; in signal processing it is a cross-correlation, and a convolution turns the kernel.)

# %% exercise="conv1d_valid"
def conv1d_valid(x, k):
    """The weighted sums of all windows inside x: x (n,), k (r,) with r <= n -> (n-r+1,).

    >>> conv1d_valid(np.array([1.0, 2.0, 3.0, 4.0]), np.array([10.0, 1.0]))
    array([12., 23., 34.])
    """
    ### BEGIN SOLUTION
    return np.array([x[o:o + len(k)] @ k for o in range(len(x) - len(k) + 1)])
    ### END SOLUTION

# %% [markdown]
# Backward: given $u = \partial L/\partial y$, how does the loss answer to the signal and to the kernel? One kernel number serves every window, so its derivative sums over all of them, just as a weight sums over the
# batch. Write one output out, differentiate it, and collect. No Jacobian needs to be built.

# %% exercise="vjp_conv1d"
def vjp_conv1d(x, k, u):
    """u sent backward through conv1d_valid: x (n,), k (r,), u (n-r+1,) -> dx (n,), dk (r,).

    >>> dx, dk = vjp_conv1d(np.array([1.0, 2.0, 3.0]), np.array([10.0, 1.0]), np.array([1.0, 0.0]))
    >>> dx, dk
    (array([10.,  1.,  0.]), array([1., 2.]))
    """
    ### BEGIN SOLUTION
    dx, dk = np.zeros(len(x)), np.zeros(len(k))
    for o, weight in enumerate(u):
        dx[o:o + len(k)] += weight * k
        dk += weight * x[o:o + len(k)]
    return dx, dk
    ### END SOLUTION

# %% [markdown] covers="S1.18 S0.24"
# ## Summary card
#
# | name | map | what it is | shape | used for |
# |---|---|---|---|---|
# | **gradient** | $\mathbb{R}^n \to \mathbb{R}$, or any tensor to one number | all partial derivatives of one number | shape of the input | the step of gradient descent |
# | **Jacobian** | $\mathbb{R}^n \to \mathbb{R}^m$ | rows are outputs, columns inputs | `(m, n)` | the linear map near a point |
# | **generalized Jacobian** | tensor to tensor | outputs' axes first, then inputs' axes | `Y.shape + X.shape` | the chain rule on paper |
# | **VJP** | any of these, backward | upstream gradient times the above | shape of the input | what a computer really computes |
#
# Derivatives for gradient descent often involve tensors. What gradient descent uses in the end are gradients: the tensors in between are contracted away, one layer at a time. That is backpropagation.

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues treat matrices as if they were numbers when they write down $d(A^2)$. Find $A$ and $dA$ on which *both* are wrong.

# %% exercise="catch_the_order"
def catch_the_order():
    """A pair (A, dA) of square matrices on which both functions above differ from the differential of A @ A.

    Both are (n, n), with entries of at most 100 in size.
    """
    ### BEGIN SOLUTION
    return [[1.0, 2.0], [0.0, 1.0]], [[0.0, 0.0], [1.0, 0.0]]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Why does the gradient of a weight add up contributions from all examples, while the gradient of one example's input comes from that example alone?

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can say the shape of any derivative before I compute it.
# - I can derive the entries for a matrix product with Kronecker deltas, and write them with `einsum`.
# - I can flatten and unflatten a derivative without mixing up its entries, and I know which order NumPy uses.
# - I can name what is missing in the source's recursion, and repair it.
# - I can tell from a generalized Jacobian whether the examples of a batch are independent.
# - I can explain why a VJP fits into memory where the tensor does not.

# %%
progress("06_generalized_jacobian")

# %% [markdown]
# Next: [backpropagation, by hand](../07_backpropagation/07_backpropagation.ipynb)
