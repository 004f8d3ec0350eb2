# %% [markdown] covers="S1.21"
# # 7 · Backpropagation
#
# **The question:** how does the gradient of a network with many parameters come out of one backward sweep?
#
# You will do by hand what libraries do for you: the forward pass and the backward pass of a small network with one hidden
# layer. Then you will build the instrument that tells whether a gradient is right, and use it on published code that trains
# and is wrong.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: the gradient of a mean loss (lesson 4), Jacobians and VJPs (lesson 5), shapes on a mini-batch (lesson 6).
#
# You will be able to: write the backward function of a layer, chain the layers, test every parameter's gradient,
# and find the line where a backward pass goes wrong.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import backprop_stepper, bug_lab, depth_explorer

# %% [markdown]
# ## Part 1: One layer, forward and back
#
# About {{part_minutes}} minutes.

# %% [markdown] covers="S1.22"
# ## Warm-up
#
# The smallest network there is has one parameter $\theta$ and predicts $\hat y = \theta x$. Its loss on one example is
# $L = \tfrac12(\hat y - y)^2$. Take $x = 3$, $y = 5$, $\theta = 2$. What is $dL/d\theta$? Work it out before you open the answer.
#
# <details><summary>Compare</summary>
#
# Two steps lie between $\theta$ and $L$, so two slopes are multiplied:
#
# $$\frac{dL}{d\theta} = \frac{dL}{d\hat y}\cdot\frac{d\hat y}{d\theta} = (\hat y - y)\,x = (6 - 5)\cdot 3 = 3$$
#
# </details>
#
# And one from lesson 5: $f$ maps $\mathbb{R}^4$ to $\mathbb{R}^2$. What shape has $u$ in the VJP $u^\top J$, and what shape has the result?
#
# <details><summary>Compare</summary>
#
# $u$ has the shape of the output, `(2,)`. The result has the shape of the input, `(4,)`. A VJP carries a gradient from the
# output of a function back to its input. That is all that happens in this lesson, again and again.
#
# </details>

# %% [markdown] covers="S1.07 S1.23"
# ## Two algorithms that are often mixed up
#
# A training step has three phases.
#
# 1. **Forward.** Compute the prediction and the loss, and keep what will be needed later.
# 2. **Backward.** Compute the gradient of the loss. This is *backpropagation*.
# 3. **Update.** Move the parameters against the gradient. This is *gradient descent*, lesson 9.
#
# Backpropagation computes a gradient and moves nothing. Gradient descent moves, and does not care where the gradient came from.

# %% [markdown]
# ## Invent it: slopes of a chain
#
# Before you read on: $u = w_1x$ and $L = (w_2u)^2$, with $x = 2$, $w_1 = 0.5$, $w_2 = 1.5$. Write a program for the slopes of $L$ in $w_1$ and in $w_2$, any way you
# like. Would it still do for a thousand parameters?

# %%
x, w1, w2 = 2.0, 0.5, 1.5
yours = ...  # two slopes
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# They are 9 and 3.
#
# - **Differences** get them: two losses for each parameter, so 2000 for a thousand.
# - **A formula for each**, $2w_2^2w_1x^2$ and $2w_2w_1^2x^2$, is right too. Both contain the slope $2w_2u$ of the square. With a thousand parameters the common parts are worked out
#   again and again.
# - **The step of its own**, $x = 2$ for $w_1$, forgets what happens to $u$ afterwards: it lacks the factor 4.5 that comes from above.
#
# This lesson keeps the common parts, and each is worked out once.
#
# </details>

# %% [markdown]
# ## Predict first
#
# A network has 1000 parameters. Finite differences need about 2000 losses for the gradient.

# %%
predict("backprop_stepper", "How many forward passes does one backward sweep cost, about?", {
    "a few": "Yes. The backward sweep visits every node once, as the forward pass does, with about twice the work at each.",
    "1000": "Count the backward steps in the picture: one for each node, whatever the number of parameters in it.",
    "2000": "That is what finite differences cost. In the picture every node is visited once on the way back.",
})

# %% [markdown]
# ## Look
#
# Step forward through the graph, then backward. You are at step 0<!-- drag -->. Watch which numbers a backward step reads: one gradient that has just arrived,
# and values that the forward pass has left behind.

# %%
backprop_stepper()

# %% [markdown]
# ## Backpropagation
#
# **In a sentence.** Backpropagation is the chain rule, worked out from the loss towards the inputs, with every intermediate gradient
# computed once and used for all that lies before it.
#
# **As a formula.** Let $\mathbf{y} = f(\mathbf{x})$ be one station on the way to the loss $L$, and $J$ its Jacobian. Then
#
# $$\frac{\partial L}{\partial x_j} = \sum_i \frac{\partial L}{\partial y_i}\,\frac{\partial y_i}{\partial x_j}$$
#
# which is the VJP $u^\top J$ with $u = \partial L/\partial \mathbf{y}$. We write $dY$ in code for $\partial L/\partial Y$. It has the shape of $Y$, always.
#
# **In code.** Each station is a pair of functions. The forward one returns its output and a *cache*; the backward one takes the
# gradient of the output, the **upstream gradient**, and the cache, and returns the gradients of the inputs.
#
# **As a number.** Next.

# %% [markdown]
# Each line of the backward pass is a rule of [lesson 1b](../01b_rules/01b_rules.ipynb): a product hands on the other factor, a sum hands on 1, and an activation its slope
# where it stood. The chain rule multiplies them.

# %% [markdown]
# ## Worked example: one hidden unit, by hand
#
# One input $x = 2$ with the label $y = 1$, one hidden unit. $Z$ is what enters its tanh, $A$ what leaves it; the small $z$ enters the sigmoid at the end. The parameters are $w_1 = 0.5$, $b_1 = -0.6$, $w_2 = 1.5$, $b_2 = -0.2$. The network ends in a
# probability $s$ of the label 1, made by the sigmoid $\sigma(z) = 1/(1 + e^{-z})$, and the loss of an example is $-\log$ (the natural logarithm) of the probability that it gave to the right label: small when it was
# sure and right, large when it was sure and wrong. In one step, $L = -\log\sigma(z) = \log(1 + e^{-z})$ has the slope $-e^{-z}/(1 + e^{-z}) = \sigma(z) - 1$: that is $s - y$ for $y = 1$.
#
# | forward | value | backward | rule | value |
# |---|---|---|---|---|
# | $Z = w_1x + b_1$ | 0.4 | $\partial L/\partial z = s - y$ | loss, as above | −0.4086 |
# | $A = \tanh Z$ | 0.3799 | $\partial L/\partial w_2 = \partial L/\partial z \cdot A$ | product | −0.1552 |
# | $z = w_2A + b_2$ | 0.3699 | $\partial L/\partial b_2 = \partial L/\partial z$ | sum | −0.4086 |
# | $s = \sigma(z)$ | 0.5914 | $\partial L/\partial A = \partial L/\partial z \cdot w_2$ | product | −0.6128 |
# | $L = -\log s$ | 0.5252 | $\partial L/\partial Z = \partial L/\partial A \cdot (1 - A^2)$ | tanh | −0.5244 |
# | | | $\partial L/\partial w_1 = \partial L/\partial Z \cdot x$ | product | −1.0487 |
# | | | $\partial L/\partial b_1 = \partial L/\partial Z$ | sum | −0.5244 |
#
# Read the right half from top to bottom: every line uses a line above it and a value from the left half. Nothing is computed twice.
# All four slopes are negative: raising any of these parameters a little lowers the loss.

# %%
w1, b1, w2, b2, x = 0.5, -0.6, 1.5, -0.2, 2.0


def loss_of(w1):
    return np.log(1 + np.exp(-(w2 * np.tanh(w1 * x + b1) + b2)))


(loss_of(w1 + 1e-6) - loss_of(w1 - 1e-6)) / 2e-6

# %% [markdown]
# The same slope for $w_1$, this time from two losses. A gradient that you have not compared with a difference is a rumour.
#
# ## The same with steps left out
#
# Now the label is $y = 0$. The forward values stay, only the loss is $-\log(1 - s) = 0.8951$. Fill the gaps on paper.
#
# | line | value |
# |---|---|
# | $\partial L/\partial z = s - y$ | $\ldots$ |
# | $\partial L/\partial w_2$ | 0.2247 |
# | $\partial L/\partial A$ | $\ldots$ |
# | $\partial L/\partial Z$ | $\ldots$ |
# | $\partial L/\partial w_1$ | $\ldots$ |
#
# <details><summary>Compare</summary>
#
# 0.5914, then 0.5914 · 1.5 = 0.8872, then 0.8872 · (1 − 0.3799²) = 0.7591, then 0.7591 · 2 = 1.5182. The only line that knows the label is
# the first. Everything below it is the same machine with another number put in.
#
# </details>

# %% [markdown] covers="S1.05 S1.06 S1.23"
# ## Two sentences to repair
#
# The [source](../00_start_here/notation.md) counts two sequential parts, backpropagation and gradient descent. The first phase is missing there: without the forward pass there
# is no loss, and nothing for the backward pass to read. It also says that the two are often mixed together, but totally different. So they
# are: the table above moved nothing.
#
# The source also says that backpropagation computes the partial derivatives of the loss with respect to the parameters *and the
# input* of the model. On its way it does meet the derivatives with respect to the input of every layer: they carry the chain
# on to the layer before. Only those with respect to the parameters are collected into the gradient $\nabla L(\theta)$.

# %% [markdown]
# ## The linear layer
#
# **Forward.** $Y = XW + b$, with one example in each row of $X$. The row $b$ is added to every row.
#
# | array | $X$ | $W$ | $b$ | $Y$ |
# |---|---|---|---|---|
# | shape | `(m, n)` | `(n, k)` | `(k,)` | `(m, k)` |

# %% exercise="linear_forward"
def linear_forward(X, W, b):
    """The output of a linear layer and a cache for linear_backward.

    X is (m, n), W is (n, k), b is (k,). Returns (Y, cache) with Y of shape (m, k).
    What is in the cache is up to you; a tuple will do.
    A cache serves any number of backward passes, also after other forward passes.

    >>> Y, cache = linear_forward(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0]))
    >>> Y
    array([[16.]])
    """
    ### BEGIN SOLUTION
    return X @ W + b, (X, W)
    ### END SOLUTION

# %% [markdown]
# ## Invent it: the gradient of the weights
#
# Before you read on: $X$ and $dY$ are square here, so every product fits. Which one is $dW$? Write it, any way you like. The second print moves one weight at a time.

# %%
X, dY = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 2.0]])
yours = ...
print(yours)
measured = np.zeros((2, 2))
for p, j in np.ndindex(2, 2):
    W = np.zeros((2, 2))
    W[p, j] = 1.0  # one weight grows by 1
    measured[p, j] = np.sum(dY * (X @ W))  # the loss is linear in W, so this is its slope
print(measured)

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is `[[1, 6], [2, 8]]`.
#
# - `X @ dY` is `[[1, 4], [3, 8]]`: each example's inputs meet another example's gradient.
# - `dY @ X.T` is `[[1, 3], [4, 8]]`.
# - `dY.T @ X` is `[[1, 2], [6, 8]]`, the right numbers with inputs and outputs exchanged.
#
# All of them have the right shape, and the diagonal entries 1 and 8 agree. Shapes cannot choose; the sum below can.
#
# </details>

# %% [markdown]
# **Backward.** Given $dY$, what are $dX$, $dW$ and $db$? Take one entry at a time. Which outputs does $W_{pj}$ touch?
# The outputs $Y_{ij}$ of every example $i$, each with the factor $X_{ip}$. So
#
# $$\frac{\partial L}{\partial W_{pj}} = \sum_i X_{ip}\, dY_{ij}$$
#
# The sum runs over the batch, because all examples share the same weights. In lesson 6 this was a contraction with a tensor of
# four axes. Here nobody builds the tensor: read the sum as a matrix product. Do the same for $X_{ip}$ and for $b_j$ yourself.
#
# One can try to choose the transpose by "making the shapes fit". Where $m$, $n$ and $k$ are equal, every choice fits. Write the sum.

# %% exercise="linear_backward"
def linear_backward(dY, cache):
    """The gradients (dX, dW, db) of a linear layer from dY, the gradient of its output.

    dY is (m, k); cache is what your linear_forward returned.
    Returns dX (m, n), dW (n, k), db (k,): each in the shape of what it belongs to.

    >>> _, cache = linear_forward(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0]))
    >>> linear_backward(np.array([[10.0]]), cache)
    (array([[30., 40.]]), array([[10.],
           [20.]]), array([10.]))
    """
    ### BEGIN SOLUTION
    X, W = cache
    return dY @ W.T, X.T @ dY, dY.sum(axis=0)
    ### END SOLUTION

# %% [markdown]
# ## Activations
#
# An activation works entry by entry. Its Jacobian is diagonal (lesson 5), so the VJP is a product entry by entry:
# upstream gradient times local slope.
#
# Two forward functions are ready. Look at what each keeps: tanh its *output*, relu its *input*. Each keeps what its slope is easiest to
# compute from.

# %%
def tanh_forward(Z):
    A = np.tanh(Z)
    return A, A


def relu_forward(Z):
    return np.maximum(Z, 0), Z

# %% [markdown]
# The slope of tanh at $Z$ is $1 - \tanh^2 Z$. In terms of its output: $1 - A^2$.

# %% exercise="tanh_backward"
def tanh_backward(dA, cache):
    """The gradient dZ of the input of tanh, from dA and the cache of tanh_forward. All of one shape.

    >>> _, cache = tanh_forward(np.array([0.0]))
    >>> tanh_backward(np.array([3.0]), cache)
    array([3.])
    """
    ### BEGIN SOLUTION
    A = cache
    return dA * (1 - A**2)
    ### END SOLUTION

# %% [markdown]
# relu has the slope 1 where $Z > 0$ and 0 where $Z < 0$. At 0 it has a corner and no derivative. Any number from 0 to 1 is a fair
# choice there; the convention of this course is 0.

# %% exercise="relu_backward"
def relu_backward(dA, cache):
    """The gradient dZ of the input of relu, from dA and the cache of relu_forward. All of one shape.

    At Z = 0 the slope is 0 by convention; any slope from 0 to 1 is accepted.

    >>> _, cache = relu_forward(np.array([-1.0, 2.0]))
    >>> relu_backward(np.array([5.0, 7.0]), cache)
    array([0., 7.])
    """
    ### BEGIN SOLUTION
    Z = cache
    return dA * (Z > 0)
    ### END SOLUTION

# %% [markdown]
# The sigmoid $\sigma(z) = 1/(1 + e^{-z})$ is yours from start to end. Two things to mind. For $z = -1000$ the exponential is
# too large for a float64; find a form that never computes it. And its slope is
#
# $$\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$$
#
# so think before you fill the cache.

# %% exercise="sigmoid_forward"
def sigmoid_forward(Z):
    """The sigmoid of every entry, and a cache for sigmoid_backward. Right for every float, 1000 and -1000 too.

    >>> sigmoid_forward(np.array([0.0]))[0]
    array([0.5])
    """
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(Z))
    S = np.where(Z >= 0, 1, e) / (1 + e)
    return S, S
    ### END SOLUTION

# %% exercise="sigmoid_backward"
def sigmoid_backward(dA, cache):
    """The gradient dZ of the input of the sigmoid, from dA and the cache of your sigmoid_forward.

    >>> _, cache = sigmoid_forward(np.array([0.0]))
    >>> sigmoid_backward(np.array([8.0]), cache)
    array([2.])
    """
    ### BEGIN SOLUTION
    S = cache
    return dA * S * (1 - S)
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You can follow a gradient back by hand, and a linear layer and three activations have their backward functions.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: The losses and the network
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## The loss for two classes
#
# The network gives one number for each example, the **logit** $z$. The probability of class 1 is $s = \sigma(z)$. The loss is the
# mean cross-entropy:
#
# $$L = \frac1m \sum_{i=1}^{m} \bigl(-y^{(i)} \log s^{(i)} - (1 - y^{(i)}) \log (1 - s^{(i)})\bigr)$$
#
# Put $s = \sigma(z)$ in and simplify, and one example's loss becomes $\log(1 + e^z) - yz$. This form is better twice over. It can be
# computed without the logarithm of 0, and for the $e^z$ of a large $z$ NumPy has a way around: `np.logaddexp(a, b)` is $\log(e^a + e^b)$ without overflow. And its derivative with respect to the logit is very short:
#
# $$\frac{\partial}{\partial z}\bigl(\log(1 + e^z) - yz\bigr) = \frac{e^z}{1 + e^z} - y = s - y$$
#
# Mark well with respect to what: $s - y$ belongs to the **logit**. With respect to the probability $s$ the slope is
# $(s - y)/(s(1 - s))$. Mixing up the two is the published mistake that you will meet below.

# %% exercise="bce_with_logits"
def bce_with_logits(z, y):
    """The mean binary cross-entropy and its gradient with respect to the logits: (m,), (m,) -> number, (m,).

    z are logits, y labels 0 or 1. Right for logits of any size.
    Raises ValueError when z and y have different shapes.

    >>> bce_with_logits(np.array([0.0, 0.0]), np.array([1.0, 0.0]))[1]
    array([-0.25,  0.25])
    """
    ### BEGIN SOLUTION
    if z.shape != y.shape:
        raise ValueError(f"logits of shape {z.shape}, labels of shape {y.shape}")
    loss = np.mean(np.logaddexp(0, z) - y * z)
    return loss, (sigmoid_forward(z)[0] - y) / len(z)
    ### END SOLUTION

# %% [markdown]
# ## The loss for several classes
#
# With $C$ classes there are $C$ scores for each example, a row of $Z$. Softmax turns a row into probabilities $p$. The loss of an
# example is $-\log p_y$, where $y$ is the number of its class:
#
# $$\ell = \log \sum_k e^{Z_k} - Z_y$$
#
# The derivative of the first term with respect to $Z_k$ is $p_k$. The second term touches one score only, $Z_y$. That is the whole gradient of one example. As in lesson 5, the largest score of
# a row may be taken off before the exponentials.

# %% exercise="softmax_cross_entropy"
def softmax_cross_entropy(Z, y):
    """The mean cross-entropy of softmax and its gradient with respect to the scores: (m, C), (m,) -> number, (m, C).

    y holds class numbers 0 to C - 1. Right for scores of any size.

    >>> softmax_cross_entropy(np.array([[0.0, 0.0]]), np.array([1]))[1]
    array([[ 0.5, -0.5]])
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(y))
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dZ = np.exp(log_p)
    dZ[rows, y] -= 1
    return -log_p[rows, y].mean(), dZ / len(y)
    ### END SOLUTION

# %% [markdown] covers="S0.21 S1.21"
# ## The network
#
# Linear, tanh, linear, loss. The ledger below goes with you from here on. `None` is the batch: libraries print it for a number of
# examples that is not known until data arrive. When they arrive it is $m$.
#
# | station | name | shape | its gradient |
# |---|---|---|---|
# | inputs | `X` | `(None, n)` | not collected |
# | hidden weights, biases | `W1`, `b1` | `(n, H)`, `(H,)` | `dW1`, `db1` |
# | before the activation | `Z` | `(None, H)` | `dZ` |
# | hidden values | `A` | `(None, H)` | `dA` |
# | output weights, biases | `W2`, `b2` | `(H, 1)`, `(1,)` | `dW2`, `db2` |
# | logits | `z` | `(None,)` | `dz` |
# | loss | `L` | `()` | 1 |
#
# No parameter has `None` in its shape: the parameters are shared by all examples, so their gradients sum over the batch.

# %% exercise="fnn_forward"
def fnn_forward(params, X):
    """The logits of the network and a cache for fnn_backward.

    params is a dict with W1 (n, H), b1 (H,), W2 (H, 1), b2 (1,); X is (m, n).
    Linear, tanh, linear. Returns (z, cache) with z of shape (m,).
    """
    ### BEGIN SOLUTION
    Z, hidden = linear_forward(X, params["W1"], params["b1"])
    A, activation = tanh_forward(Z)
    out, output = linear_forward(A, params["W2"], params["b2"])
    z = out[:, 0]
    return z, (hidden, activation, output, z)
    ### END SOLUTION

# %% [markdown]
# Now backward. `bce_with_logits`, `linear_backward` and `tanh_backward` do the work; this one passes the gradients along. (The relu and the softmax are for other networks: lesson 10.) It returns the whole ledger, so that the check
# can tell you the *first* line that is wrong. All later lines suffer from it.

# %% exercise="fnn_backward"
def fnn_backward(params, cache, y):
    """All gradients of the mean cross-entropy (bce_with_logits), as a dict.

    cache is what your fnn_forward returned; y is (m,).
    The keys are z (m,), A (m, H), Z (m, H), W1, b1, W2, b2: each gradient in the shape of what it belongs to.
    """
    ### BEGIN SOLUTION
    hidden, activation, output, z = cache
    _, dz = bce_with_logits(z, y)
    dA, dW2, db2 = linear_backward(dz[:, None], output)
    dZ = tanh_backward(dA, activation)
    _, dW1, db1 = linear_backward(dZ, hidden)
    return {"z": dz, "A": dA, "Z": dZ, "W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    ### END SOLUTION

# %% [markdown]
# ## Predict again
#
# Somebody forgets the slope of the tanh: `dZ = dA`. Everything else is right.

# %%
predict("bug_lab", "Whose gradients are wrong now?", {
    "W1 and b1": "Yes. A mistake spoils what is computed after it. On the way back, W2 and b2 come before the tanh.",
    "W2 and b2": "They come before the tanh on the way back, so nothing of the mistake reaches them. W1 and b1 come after it.",
    "all": "dW2 and db2 are computed before the tanh is reached on the way back. Switch the mistake on and look at their rows.",
})

# %% [markdown]
# Try this mistake and seven others in the lab. Each bar compares one parameter's gradient with differences.

# %%
bug_lab()

# %% [markdown]
# So a table with one row for each parameter does more than say that something is wrong. It says *where*. If all rows from some place on are wrong, the mistake sits between the last
# right row and the first wrong one. If a row is wrong and later ones are right, nothing later reads it, and it accuses its own line.

# %% [markdown]
# ### A place to stop
#
# Your network computes its loss and all its gradients. Whether they are right is the question of the next part.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 3: Is the gradient right?
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Invent it: one number for right or wrong
#
# Before you read on: a program gives the gradients of two arrays, and you have measured the true ones. The sign of the second is wrong. Write one number for each array, or
# one for both, that tells; any way you like.

# %%
given = {"W": np.array([1000.0]), "b": np.array([-0.001])}
measured = {"W": np.array([1000.0]), "b": np.array([0.001])}
yours = ...
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# Relative errors as in lesson 0, one for each array, are 0 and 2, and 2 is what a flipped sign always gives.
#
# - **The largest difference** is 0.002. For a gradient of size 1000 that is excellent, and here it is all of `b`.
# - **One relative error for both together** is 0.000002: the large array hides the small one.
# - **The sums**, 999.999 and 1000.001, are as close. Sums also agree when right numbers stand in wrong places.
#
# </details>

# %% [markdown]
# ## The gradient check
#
# First a tool. To move one entry of one array you need a copy; otherwise the next entry is checked at another place.

# %% exercise="nudge"
def nudge(params, name, k, h):
    """The parameters with entry k of params[name] moved by h, as a new dict. params itself stays as it is.

    Entries count in reading order. Arrays may hold whole numbers; the moved array holds floats.

    >>> nudge({"b": np.array([1, 2])}, "b", 1, 0.5)
    {'b': array([1. , 2.5])}
    """
    ### BEGIN SOLUTION
    moved = np.array(params[name], dtype=float)
    moved.flat[k] += h
    return {**params, name: moved}
    ### END SOLUTION

# %% [markdown]
# Then what is measured: the slope of the loss in some entries of one array. A corner of the loss would raise a false alarm, because a central difference across a corner is the average of
# two slopes. Three losses reveal it: $L(\theta + h) - 2L(\theta) + L(\theta - h)$ is $h$ times the jump in slope where $\theta$ stands on the corner, less where the corner lies beside it, and
# only about $h^2 L''$ where there is none.

# %% exercise="slopes_and_jumps"
def slopes_and_jumps(loss, params, name, entries, h):
    """Central differences of the loss with step h for some entries of params[name], and how far the slopes to the left and right differ: two arrays.

    entries are numbers of entries in reading order. A difference is never negative.

    >>> slopes_and_jumps(lambda p: 3 * p["w"][0] + abs(p["w"][1]), {"w": np.array([1.0, 0.0])}, "w", [0, 1], 0.5)
    (array([3., 0.]), array([0., 2.]))
    """
    ### BEGIN SOLUTION
    middle = loss(params)
    up = np.array([loss(nudge(params, name, k, h)) for k in entries])
    down = np.array([loss(nudge(params, name, k, -h)) for k in entries])
    return (up - down) / (2 * h), np.abs(up - 2 * middle + down) / h
    ### END SOLUTION

# %% [markdown]
# Now the check itself. For each array it compares the given gradient $a$ with the central differences $b$ of its entries:
#
# $$\text{error} = \frac{\lVert a - b \rVert}{\max(\lVert a \rVert, \lVert b \rVert)}$$
#
# with 0 when both are 0. A flipped sign gives 2. A right gradient
# gives 1e-7 or less as a rule; close to a minimum, where the gradient itself is nearly 0, rounding alone gives more. One error for each array, never one for all.
#
# Entries at a corner are left out. One
# limit cannot serve every loss: with 0.01 and $h = 10^{-5}$ a smooth loss whose curvature is above 1000 counts as a corner, and a jump below 0.01 does not. If in doubt, give it
# the loss and the gradients divided by one number, so that the loss is about 1: the relative errors stay, and the corners and curvatures are of a size for which 0.01 is made.
#
# An entry that is left out was not compared. Where nothing of an array was compared, 0 would mean *perfect*, and nobody knows that. The honest number is then `np.nan`.

# %% exercise="gradcheck"
def gradcheck(loss, params, grads, h=1e-5, most=None, rng=None):
    """The relative error of each array of grads, as a dict with the names of params.

    loss is a function of the dict params and returns a number. The slopes are central differences with the step h.
    With most, only that many different random entries of each array are tried, drawn by rng: all of an array that has no more.
    Entries where the slopes to the left and right differ by more than 0.01 are corners: leave them out.
    An array of which no entry is left has the error nan.
    """
    ### BEGIN SOLUTION
    errors = {}
    for name, array in params.items():
        entries = np.arange(array.size) if most is None else rng.permutation(array.size)[:most]
        slopes, jumps = slopes_and_jumps(loss, params, name, entries, h)
        a, b = np.ravel(grads[name])[entries][jumps < 0.01], slopes[jumps < 0.01]
        size = max(np.linalg.norm(a), np.linalg.norm(b))
        errors[name] = float(np.linalg.norm(a - b) / size if size else 0.0 if len(a) else np.nan)
    return errors
    ### END SOLUTION

# %% [markdown]
# Run it on your own network.

# %%
rng = np.random.default_rng(1)
X, y = rng.normal(size=(8, 2)), np.array([0.0, 1, 1, 0, 1, 0, 0, 1])
params = {"W1": rng.normal(size=(2, 4)), "b1": np.zeros(4), "W2": rng.normal(size=(4, 1)), "b2": np.zeros(1)}
try:
    grads = fnn_backward(params, fnn_forward(params, X)[1], y)
    print(gradcheck(lambda p: bce_with_logits(fnn_forward(p, X)[0], y)[0], params, grads))
except NotImplementedError:
    print("write fnn_forward, fnn_backward, slopes_and_jumps and gradcheck first")

# %% [markdown]
# ## Find the wrong line
#
# This backward pass was published in a tutorial, here in our names. The network has no biases and two sigmoids. Its loss is the
# cross-entropy, *summed* over the examples. The comment in the original says that the first line is the derivative of
# the cross-entropy with respect to the final output.

# %%
def published_backward(X, y, W1, W2):
    A = 1 / (1 + np.exp(-X @ W1))
    s = 1 / (1 + np.exp(-(A @ W2)[:, 0]))
    ds = s - y                              # slope of the loss in the output s
    dz = (ds * s * (1 - s))[:, None]        # through the output's sigmoid
    dA = dz @ W2.T
    dZ = dA * A * (1 - A)                   # through the hidden sigmoid
    return X.T @ dZ, A.T @ dz

# %% [markdown]
# It trains, more or less. Is its gradient right? Do not read on; measure.

# %%
weights = {"W1": params["W1"], "W2": params["W2"]}


def summed_bce(p):
    z = (1 / (1 + np.exp(-X @ p["W1"])) @ p["W2"])[:, 0]
    return np.sum(np.logaddexp(0, z) - y * z)


try:
    print(gradcheck(summed_bce, weights, dict(zip(weights, published_backward(X, y, **weights)))))
except NotImplementedError:
    print("write nudge and gradcheck first")

# %% [markdown]
# Both arrays are wrong. One mistake before the ways to $W_1$ and $W_2$ part would do that, so look there first. Repair it, and measure again.

# %% exercise="repaired_backward"
def repaired_backward(X, y, W1, W2):
    """The gradients (dW1, dW2) of the summed cross-entropy of the published network.

    X is (m, n), y is (m,), W1 is (n, H), W2 is (H, 1).
    """
    ### BEGIN SOLUTION
    A = 1 / (1 + np.exp(-X @ W1))
    s = 1 / (1 + np.exp(-(A @ W2)[:, 0]))
    dz = (s - y)[:, None]
    dA = dz @ W2.T
    dZ = dA * A * (1 - A)
    return X.T @ dZ, A.T @ dz
    ### END SOLUTION

# %% [markdown]
# The published numbers are not nonsense: they are the exact gradient of *another* loss. Which?
#
# - **a** $\sum_i \bigl(-y^{(i)}\log s^{(i)} - (1 - y^{(i)})\log(1 - s^{(i)})\bigr)$, the summed cross-entropy
# - **b** the mean cross-entropy
# - **c** $\tfrac12 \sum_i (s^{(i)} - y^{(i)})^2$, half the sum of squared errors
# - **d** $\sum_i |s^{(i)} - y^{(i)}|$, the sum of absolute errors

# %% exercise="whose_gradient"
def whose_gradient():
    """The letter of the loss."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# That is why it trains. The code goes downhill on a loss, only not on the one it prints. A falling loss does not prove a gradient.

# %% [markdown]
# ## Invent it: the first weights
#
# Before you read on: a network with two inputs and three hidden units has to start somewhere. Write the numbers in `W1` and `W2` with which you would start, any way you like.

# %%
W1, W2 = ..., ...  # of shape (2, 3) and (3, 1)
yours = W1, W2
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# - **All zero**: the hidden values are $\tanh 0 = 0$, so `dW2` is 0, and with `W2` 0 nothing comes back to `W1`. Nothing but the last bias ever moves.
# - **All one**: the weights move, and in step. Three equal columns get three equal gradients.
# - **Random `W1`, `W2` all one**: the units differ, and so do their gradients. That works.
# - **Random, but large**, say of size 100: tanh is flat where its inputs are that large, its slope is 0 to many digits, and next to nothing comes back to `W1`.
#
# </details>

# %% [markdown]
# ## Equal units stay equal
#
# Start all hidden units with the same weights, on the way in and on the way out. They compute the same value and are listened to alike, so they get the same gradient, so
# they stay the same after the update, and after every later one. A layer of 100 equal units is one unit that costs 100 times as much. That is why weights start at random.

# %% exercise="symmetry_report"
def symmetry_report(params, X, y):
    """For each hidden unit, the number of the first unit with the same gradient: -> (H,) whole numbers from 0.

    The gradient of unit j is all of it: column j of dW1, entry j of db1 and row j of dW2.
    Equal means equal up to rounding (np.allclose). [0, 1, 0] says that unit 2 has the gradient of unit 0.
    """
    ### BEGIN SOLUTION
    _, cache = fnn_forward(params, X)
    g = fnn_backward(params, cache, y)
    units = np.column_stack([g["W1"].T, g["b1"], g["W2"]])
    return np.array([[np.allclose(one, other) for other in units].index(True) for one in units])
    ### END SOLUTION

# %% [markdown]
# ## Many layers
#
# Each sigmoid on the way back multiplies by a slope of at most $1/4$. Ten of them leave at most $4^{-10}$, about $9.5 \cdot 10^{-7}$, before the
# weights have their say. Take 20 sigmoid layers, with weights of variance $1/n$, where $n$ is how many inputs a unit has; the section after the picture says why that is a good size. The picture begins with 10<!-- drag --> layers.

# %%
predict("depth", "How much smaller is the gradient at the first layer than at the last?", {
    "10 times": "Far more. The factors multiply, layer by layer. Count the decades in the picture.",
    "1000 times": "Far more: each layer takes away about three quarters, twenty times in a row.",
    "a million million times": "Yes, for variance 1/n; with 6/n it is about three million times. The first layers learn practically nothing. With relu and weights of variance 2/n the bars stay level.",
})

# %%
depth_explorer()

# %% [markdown]
# ## Why variance 1/n
#
# One unit adds up $n$ products, $z = \sum_j w_j a_j$. Let the weights be random, independent of each other and of the inputs, with mean 0 and variance $V$. A bar means: on average over the random choice. Mixed terms have the mean 0, and
#
# $$\overline{z^2} = \sum_j \overline{w_j^2}\;\overline{a_j^2} = n\,V\,\overline{a^2}.$$
#
# The square of a layer's values is multiplied by $nV$, layer after layer: with $V = 1/n$ it stays, with twice that it doubles each time. Relu makes half of the values 0, so there
# $\overline{a^2} = \frac12\overline{z^2}$, and the variance that keeps the size is $2/n$. On the way back the same sum runs over the outputs. One network may be off by a factor of 2 or more
# after ten layers; here are the averages of 100 networks with ten layers of 100 units.

# %%
for factor in (0.5, 1.0, 2.0):
    rng = np.random.default_rng(0)
    a = rng.normal(size=(100, 100, 1))  # network, unit
    for _ in range(10):
        a = rng.normal(0, np.sqrt(factor / 100), size=(100, 100, 100)) @ a
    print(f"variance {factor}/n: the mean square after ten layers is {np.mean(a**2):.4f}, expected about {factor**10:.4f}")

# %% [markdown]
# ## One training step, in order
#
# Seven of these lines make one step of training $W_1$. Three do not belong. They follow each other: each line uses the result of
# the line before it.
#
# | letter | line | letter | line |
# |---|---|---|---|
# | A | `s = sigmoid(z)` | F | `dW1 = X.T @ dZ` |
# | B | `dZ = dA * (1 - A**2)` | G | `z = (A @ W2 + b2)[:, 0]` |
# | C | `A = np.tanh(X @ W1 + b1)` | H | `dz = (s - y) * s * (1 - s) / m` |
# | D | `W1 = W1 - eta * dW1` | I | `dZ = dA * (1 - (X @ W1 + b1)**2)` |
# | E | `dA = ((s - y) / m)[:, None] @ W2.T` | J | `dA = ((s - y) / m)[:, None] @ W2` |

# %% exercise="order_the_backward"
def order_the_backward():
    """The letters of the seven lines in their order, as one string such as "ABC"."""
    ### BEGIN SOLUTION
    return "CGAEBFD"
    ### END SOLUTION

# %% [markdown] covers="S1.07"
# And what exactly is it that backpropagation does?
#
# - **a** It moves the parameters against the gradient until the loss is small.
# - **b** It moves every parameter a little and measures how the loss changes.
# - **c** It computes the gradient of the loss, by the chain rule, from the loss back to the parameters.
# - **d** It finds the parameters with the smallest loss.

# %% exercise="what_backprop_does"
def what_backprop_does():
    """The letter of the right sentence."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown] covers="S1.23"
# ## Does it learn?
#
# Forward, backward, gradient descent: three lines in a loop. The points lie in a ring and a disc, which no straight line separates.

# %%
rng = np.random.default_rng(0)
X = rng.normal(size=(200, 2))
y = (np.sum(X**2, axis=1) > 1.4).astype(float)
p = {"W1": rng.normal(size=(2, 16)), "b1": np.zeros(16), "W2": rng.normal(size=(16, 1)) / 4, "b2": np.zeros(1)}
try:
    for step in range(1000):
        z, cache = fnn_forward(p, X)
        grads = fnn_backward(p, cache, y)
        p = {name: p[name] - 0.5 * grads[name] for name in p}
    print("right:", np.mean((fnn_forward(p, X)[0] > 0) == (y == 1)))
except NotImplementedError: print("write fnn_forward and fnn_backward first")

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues compute $db$ from $dY$, the gradient of the output of a linear layer. Each says that the gradient check was passed. Find a $dY$ on which *both* are wrong.

# %% exercise="catch_the_batch"
def catch_the_batch():
    """An upstream gradient dY, (m, k), on which both functions above differ from the gradient db of the bias.

    Its entries are at most 100 in size.
    """
    ### BEGIN SOLUTION
    return [[1.25, 2.5], [5.75, 9.5]]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who has trained networks with a library and never looked inside: why does one backward sweep suffice for all parameters?

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can say what the upstream gradient is and which shape it has, at every station.
# - I can derive the backward function of a linear layer from one entry at a time, without guessing transposes.
# - I can say with respect to what $s - y$ is a gradient, and with respect to what it is not.
# - I can check a gradient array by array and read off where a mistake sits.
# - I can tell backpropagation from gradient descent.
# - I can say why equal units stay equal and why deep sigmoid networks learn slowly at the bottom.

# %%
progress("07_backpropagation")

# %% [markdown]
# Next: [let the computer write the backward pass](../08_automatic_differentiation/08_automatic_differentiation.ipynb)
