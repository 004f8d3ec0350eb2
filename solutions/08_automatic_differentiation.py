# %% [markdown]
# # 8 · Automatic differentiation
#
# **The question:** how can a computer write the backward pass by itself?
#
# In lesson 7 you wrote one backward function for every station of a network, and you chained them by hand. Libraries do the chaining
# for you. Here you build such an engine: first for single numbers, then for arrays. At the end it trains nothing new. It computes
# the gradients of lesson 7, to the last digits, without a backward pass written by anybody.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: upstream gradients and VJPs (lesson 7), flattening and broadcasting (lesson 6), JVPs (lesson 5).
#
# You will be able to: record a computation as a graph, order it, sweep back through it, undo broadcasting, and say when forward mode is cheaper.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import checkpoint_explorer, graph_explorer, order_explorer

# %% [markdown]
# ## Part 1: Numbers that remember
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Warm-up
#
# From lesson 7. A function sits somewhere in the middle of a long chain, on a single way from a parameter to the loss. What does its
# backward function pass on?
#
# - **a** its local slope
# - **b** the upstream gradient plus its local slope
# - **c** the upstream gradient times its own value
# - **d** the upstream gradient times its local slope

# %% exercise="warm_up_upstream"
def warm_up_upstream():
    """The letter of the right answer."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION

# %% [markdown]
# ## Invent it: a number that remembers
#
# Before you read on: a program computes $L = (xy + x)^2$ at $x = 2$, $y = 3$, step by step. Afterwards somebody wants the slopes in $x$ and in $y$. What must each number
# remember of how it was made? Write a list of what it keeps, any way you like.

# %%
yours = ["its value", ...]
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# - **Only its value**: then two numbers 8 look alike, one made as $6 + 2$ and one as $2 \cdot 4$. Their slopes differ.
# - **Its formula as a text**: the slopes can be found from it. What is used twice is written twice, and the text grows; part 4 shows how fast.
# - **Its value and its slope in $x$**: that gives 64, all on the way forward. For the slope in $y$, 32, the program must run again. That is forward mode, in part 4.
# - **Its value, what it was made from, and the slope for each of these**: enough for both slopes in one sweep back. That is this lesson.
#
# </details>

# %% [markdown]
# ## Predict first
#
# Take $L = xy + \sin x$. The number $x$ is used twice on the way to $L$. Its gradient is made from the contributions of its two uses.

# %%
predict("graph", "How is the gradient of x made from them?", {
    "their sum": "Yes. If x moves, L moves through both uses at once, and for small moves the two effects add up.",
    "the last one": "The node keeps its first contribution and adds the second. An engine that forgets it is wrong wherever a number is used twice.",
    "their product": "Slopes multiply along one way. Over several ways the results are added.",
})

# %% [markdown]
# ## Look
#
# Move the leaves with the sliders, then step backward from step 0<!-- drag -->. Watch the node $x$ when the second contribution arrives.

# %%
graph_explorer()

# %% [markdown]
# ## Automatic differentiation
#
# **In a sentence.** Automatic differentiation takes a computation apart into elementary operations whose slopes are known, and applies the
# chain rule to them. Backward it needs a record of them, which you build now.
#
# **As a formula.** The record is a graph: each number is a node, made from its *parents*. The slope of the root $L$ along a node $v$ is
#
# $$\bar v = \frac{\partial L}{\partial v} = \sum_{c} \bar c \cdot \frac{\partial c}{\partial v}$$
#
# where $c$ runs over the children of $v$, the nodes made from it. For the root itself $\bar L = 1$.
#
# It is neither of two things that you know. It is not a finite difference: there is no $h$, and the result is exact up to rounding. And it is no
# algebra with formulas: it works on numbers, at one point.
#
# **In code.** A number that remembers its parents and its slopes:

# %%
class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=(), slopes=()):
        self.data = float(data)
        self.parents = tuple(parents)   # the nodes it was made from
        self.slopes = tuple(slopes)     # its derivative with respect to each of them, a number
        self.grad = 0.0                 # the derivative of the root with respect to it, later

    def pull(self, g):                  # what the upstream gradient g becomes at each parent
        return [g * slope for slope in self.slopes]

    def __repr__(self):
        return f"Value({self.data:.6g}, grad={self.grad:.6g})"

# %% [markdown]
# ## Worked example: L = (xy + x)² at x = 2, y = 3
#
# | node | made from | value | local slopes | gradient, computed from the bottom up |
# |---|---|---|---|---|
# | $x$ | leaf | 2 | | $16 \cdot 3 + 16 \cdot 1 = 64$ |
# | $y$ | leaf | 3 | | $16 \cdot 2 = 32$ |
# | $u = xy$ | $x, y$ | 6 | $y = 3$, $x = 2$ | $16 \cdot 1 = 16$ |
# | $v = u + x$ | $u, x$ | 8 | 1, 1 | $1 \cdot 16 = 16$ |
# | $L = v^2$ | $v$ | 64 | $2v = 16$ | 1 |
#
# The same record in code, written by hand:

# %%
x, y = Value(2), Value(3)
u = Value(x.data * y.data, parents=(x, y), slopes=(y.data, x.data))
v = Value(u.data + x.data, parents=(u, x), slopes=(1.0, 1.0))
L = Value(v.data**2, parents=(v,), slopes=(2 * v.data,))
L, L.parents, L.slopes

# %% [markdown]
# ## The same with steps left out: L = tanh(xy)·y at x = 0.5, y = 2
#
# Fill the gaps on paper.
#
# | node | value | local slopes | gradient |
# |---|---|---|---|
# | $x$ | 0.5 | | $\ldots$ |
# | $y$ | 2 | | $\ldots$ |
# | $u = xy$ | 1 | $y = 2$, $x = 0.5$ | 0.8399 |
# | $t = \tanh u$ | 0.7616 | $\ldots$ | 2 |
# | $L = ty$ | $\ldots$ | $y = 2$, $t = 0.7616$ | 1 |
#
# <details><summary>Compare</summary>
#
# $L$ = 1.5232. The slope of tanh is 1 − 0.7616² = 0.4200. $x$ gets 0.8399 · 2 = 1.6799. $y$ is used twice: 0.8399 · 0.5 + 0.7616 = 1.1816.
#
# </details>

# %% [markdown]
# The slopes of the elementary operations are the rules of [lesson 1b](../01b_rules/01b_rules.ipynb). An engine knows them as a table, one entry for each operation; the chain rule does
# the rest.

# %% [markdown]
# ## Operations
#
# Nobody wants to write slopes by hand. So each operation is written once, with its slopes, and makes the node. Plain numbers
# should be welcome too; this makes Values of them:

# %%
def lift(x):
    return x if isinstance(x, Value) else Value(x)

# %% exercise="add"
def add(a, b):
    """The node a + b. Each of a and b is a Value or a plain number.

    >>> add(Value(2), 3).data
    5.0
    """
    ### BEGIN SOLUTION
    a, b = lift(a), lift(b)
    return Value(a.data + b.data, (a, b), (1.0, 1.0))
    ### END SOLUTION

# %% exercise="mul"
def mul(a, b):
    """The node a * b. Each of a and b is a Value or a plain number.

    >>> mul(Value(2), 3).data
    6.0
    """
    ### BEGIN SOLUTION
    a, b = lift(a), lift(b)
    return Value(a.data * b.data, (a, b), (b.data, a.data))
    ### END SOLUTION

# %% exercise="power"
def power(a, n):
    """The node a**n. a is a Value, n a plain number that does not move.

    Where a is 0, n is at least 1; where a is negative, n is whole.

    >>> power(Value(3), 2).data
    9.0
    """
    ### BEGIN SOLUTION
    return Value(a.data**n, (a,), (n * a.data ** (n - 1),))
    ### END SOLUTION

# %% [markdown]
# Now `mul(x, y)` works, but `x * y` reads better. Python translates `x * y` into `x.__mul__(y)`, a method of the class. For `2 * x` it
# asks the number 2 first, which knows nothing of Values, and then `x.__rmul__(2)`. A method is a function that the class knows by a
# name, so you can hand it out afterwards: `cls.__mul__ = mul`. The others are called `__add__`, `__sub__`, `__truediv__` with their `__radd__`, `__rsub__`, `__rtruediv__`, and `__neg__` for
# $-x$ and `__pow__` for $x^n$.

# %% exercise="operators"
def operators(cls):
    """Give the class cls (Value) its operators: + - * / with Values and numbers on either side, -x, and ** with a number.

    add, mul and power are enough to make all of them. Returns cls.
    """
    ### BEGIN SOLUTION
    cls.__add__ = cls.__radd__ = add
    cls.__mul__ = cls.__rmul__ = mul
    cls.__pow__ = power
    cls.__neg__ = lambda a: mul(a, -1)
    cls.__sub__ = lambda a, b: add(a, mul(b, -1))
    cls.__rsub__ = lambda a, b: add(b, mul(a, -1))
    cls.__truediv__ = lambda a, b: mul(a, power(lift(b), -1))
    cls.__rtruediv__ = lambda a, b: mul(b, power(a, -1))
    return cls
    ### END SOLUTION

# %%
try:
    operators(Value)
    x, y = Value(2), Value(3)
    L = (x * y + x) ** 2
    print(L, "made from", L.parents)
except NotImplementedError:
    print("write add, mul, power and operators first")

# %% [markdown]
# Four functions of one Value. Their slopes are $e^a$, $1/a$, $1 - \tanh^2 a$, and 1 or 0. With each of them the engine can differentiate
# infinitely many more functions.

# %% exercise="exp"
def exp(a):
    """The node e to the power a, for a Value a."""
    ### BEGIN SOLUTION
    value = np.exp(a.data)
    return Value(value, (a,), (value,))
    ### END SOLUTION

# %% exercise="log"
def log(a):
    """The node of the natural logarithm of a, for a Value a > 0."""
    ### BEGIN SOLUTION
    return Value(np.log(a.data), (a,), (1 / a.data,))
    ### END SOLUTION

# %% exercise="tanh"
def tanh(a):
    """The node tanh a, for a Value a."""
    ### BEGIN SOLUTION
    t = np.tanh(a.data)
    return Value(t, (a,), (1 - t**2,))
    ### END SOLUTION

# %% exercise="relu"
def relu(a):
    """The node max(a, 0), for a Value a."""
    ### BEGIN SOLUTION
    return Value(max(a.data, 0.0), (a,), (float(a.data > 0),))
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# Each operation of your engine gives a number that remembers its parents and its local slopes. Nothing has been swept back yet.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: The backward sweep
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## In which order?
#
# A node may pass on its gradient only when it is complete: when all its children have given it their contributions. Look at this
# graph, with $w = 2$:
#
# $$x = w^2, \qquad y = 3x, \qquad L = x + y$$
#
# There are two ways from $L$ back to $x$, a short one and one through $y$. Somebody sweeps **breadth first**: the root, then its parents $x$ and
# $y$, then theirs, each node once, as it is met. The picture begins at step 0<!-- drag -->.

# %%
predict("order", "How will the gradient of w come out?", {
    "too small": "Yes: 4 instead of 16. When x passes on, it has 1 from the short way only; the 3 from y comes too late.",
    "right": "Play it node by node. x passes its gradient to w before the contribution of y has arrived.",
    "too large": "Nothing is counted twice here. Play it node by node: what does x hold when it passes on?",
})

# %%
order_explorer()

# %% [markdown]
# The cure is an order in which every node comes after its parents, a **topological order**. Read backward, every node comes after its
# *children*, so its gradient is complete when its turn comes.
#
# A graph of a long loop can be thousands of nodes deep. A function that calls itself once for every node is then too deep for Python.

# %% exercise="topological_order"
def topological_order(root):
    """All nodes that root depends on, and root itself, each once, every node after its parents: a list.

    Works for chains of 5000 nodes. Nodes have .parents.
    """
    ### BEGIN SOLUTION
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack += [(parent, False) for parent in node.parents]
    return order
    ### END SOLUTION

# %% [markdown]
# ## The sweep
#
# One more question: what happens on a second sweep? The convention of PyTorch, and ours:
#
# - **Leaves accumulate.** A leaf adds the new gradient to what it holds. So the gradients of several losses can be collected. Whoever wants a
#   fresh start calls `zero_grad`.
# - **Inner nodes start afresh.** What they hold from an earlier sweep is no part of the new one.
#
# The [source](../00_start_here/notation.md) calls parameters "tensors with gradient accumulation abilities". Accumulation is a habit of the software, not a
# property of the mathematics.

# %% exercise="backward"
def backward(root):
    """Sets .grad of every node to the derivative of root with respect to it. Returns nothing.

    Leaves (nodes without parents) add to the .grad that they have; all others start at 0.
    node.pull(g) lists what the upstream gradient g becomes at each of node.parents. A node may hold an array: then it has
    a pull and no slopes, and two parents may get the same array from it. Data and parents of all nodes stay as they are.
    """
    ### BEGIN SOLUTION
    order = topological_order(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = root.grad + 1.0
    for node in reversed(order):
        for parent, piece in zip(node.parents, node.pull(node.grad)):
            parent.grad = parent.grad + piece
    ### END SOLUTION

# %% exercise="zero_grad"
def zero_grad(root):
    """Sets .grad of every node that root depends on, and of root, to 0.0. Returns nothing."""
    ### BEGIN SOLUTION
    for node in topological_order(root):
        node.grad = 0.0
    ### END SOLUTION

# %% [markdown]
# Try the engine on a function that you know from lesson 3: $f(x, z) = 4x^4z^3$ has the partial derivatives $16x^3z^3$ and $12x^4z^2$.

# %%
try:
    x, z = Value(1.5), Value(-0.5)
    backward(mul(4, mul(power(x, 4), power(z, 3))))
    print(x.grad, 16 * x.data**3 * z.data**3)
    print(z.grad, 12 * x.data**4 * z.data**2)
except NotImplementedError:
    print("write mul, power, topological_order and backward first")

# %% [markdown]
# ## Find the wrong line
#
# A beginner's sweep, right on many graphs. One line is wrong on some.
#
# | letter | line |
# |---|---|
# | a | `root.grad = 1.0` |
# | b | `for node in reversed(order):` |
# | c | `    pieces = [node.grad * slope for slope in node.slopes]` |
# | d | `    for parent, piece in zip(node.parents, pieces): parent.grad = piece` |

# %% exercise="which_line_is_wrong"
def which_line_is_wrong():
    """The letter of the line."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# Your engine differentiates every expression of numbers: it orders the graph and sweeps it once, from the loss back.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 3: Arrays
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## From numbers to arrays
#
# A network with a million weights would be millions of Values. Arrays do the same work with a few nodes. What changes? For an array the
# "local slope" is a generalized Jacobian, and lesson 6 showed how large those are. So a Tensor does not store slopes. It stores its **pull**: a
# function that turns an upstream gradient into one gradient for each parent, the VJP of lesson 5. Nothing else changes; your `topological_order`, `backward`
# and `zero_grad` work as they are.

# %%
class Tensor:
    """An array that remembers how it was made."""

    def __init__(self, data, parents=(), pull=lambda g: ()):
        self.data = np.asarray(data, dtype=float)
        self.parents = tuple(parents)
        self.pull = pull                # pull(g): a tuple with one array for each parent, in the parent's shape
        self.grad = 0.0

    def __repr__(self):
        return f"Tensor of shape {self.data.shape}"

# %% [markdown]
# ## Invent it: the way back from a copied row
#
# Before you read on: the row $b$ with 2 entries was added to a table with 3 rows. From above comes $G$, the slope of the loss in each entry of the sum. Write the gradient of $b$,
# any way you like.

# %%
G = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 9.0]])
yours = ...
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is `[9, 15]`: when an entry of $b$ grows, it grows in all three rows.
#
# - `G[0]` is `[1, 2]`: one copy answers, two are dropped.
# - `G.mean(axis=0)` is `[3, 5]`, a third of it. Copies add up; a mean over examples is in the loss already, where there is one.
# - `G` itself has the shape of the table, and a step $b - \eta G$ would make a table of $b$.
# - `G.sum(axis=1)` is `[3, 7, 14]`: the other axis, with one entry for each row of the table.
#
# </details>

# %% [markdown]
# ## Broadcasting undone
#
# When `(3, 4)` and `(4,)` are added, NumPy uses the row three times, as if there were three copies of it. On the way back every copy returns a gradient. What is the gradient of
# the row itself? A number that is used several times adds up its contributions, so: the sum over the copies. The bias gradient of lesson 7 was a
# case of this.
#
# Broadcasting does two things. It puts new axes in front, and it stretches axes of length 1. Both have to be undone.

# %% exercise="unbroadcast"
def unbroadcast(G, shape):
    """Sums G over all copies that broadcasting made of an array of the given shape: -> shape.

    G is an array of a shape that `shape` broadcasts to; shape is a tuple.

    >>> unbroadcast(np.array([[1.0, 2.0], [3.0, 4.0]]), (2,))
    array([4., 6.])
    >>> unbroadcast(np.array([[1.0, 2.0], [3.0, 4.0]]), (2, 1))
    array([[3.],
           [7.]])
    """
    ### BEGIN SOLUTION
    G = G.sum(axis=tuple(range(G.ndim - len(shape))))
    stretched = tuple(axis for axis, length in enumerate(shape) if length == 1)
    return G.sum(axis=stretched, keepdims=True)
    ### END SOLUTION

# %% [markdown]
# ## Operations on arrays
#
# Here is one operation, ready made, as a pattern. The pull of a sign change changes the sign of what comes back:

# %%
def tensor_neg(a):
    return Tensor(-a.data, (a,), lambda g: (-g,))

# %% [markdown]
# Eight more, each a few lines. A check to do in your head before you run ours: every array that a pull returns has the shape of its parent.

# %% exercise="tensor_add"
def tensor_add(a, b):
    """a + b for two Tensors, with broadcasting."""
    ### BEGIN SOLUTION
    return Tensor(a.data + b.data, (a, b), lambda g: (unbroadcast(g, a.data.shape), unbroadcast(g, b.data.shape)))
    ### END SOLUTION

# %% exercise="tensor_mul"
def tensor_mul(a, b):
    """a * b, entry by entry, for two Tensors, with broadcasting."""
    ### BEGIN SOLUTION
    def pull(g):
        return unbroadcast(g * b.data, a.data.shape), unbroadcast(g * a.data, b.data.shape)

    return Tensor(a.data * b.data, (a, b), pull)
    ### END SOLUTION

# %% exercise="tensor_matmul"
def tensor_matmul(a, b):
    """a @ b for two Tensors with two axes each: (m, n), (n, k) -> (m, k)."""
    ### BEGIN SOLUTION
    return Tensor(a.data @ b.data, (a, b), lambda g: (g @ b.data.T, a.data.T @ g))
    ### END SOLUTION

# %% exercise="tensor_sum"
def tensor_sum(a, axis=None, keepdims=False):
    """The sum of a Tensor along one axis, or of all entries when axis is None (keepdims is False then)."""
    ### BEGIN SOLUTION
    def pull(g):
        if axis is not None and not keepdims:
            g = np.expand_dims(g, axis)
        return (np.broadcast_to(g, a.data.shape),)

    return Tensor(a.data.sum(axis=axis, keepdims=keepdims), (a,), pull)
    ### END SOLUTION

# %% [markdown]
# New operations can be made from old ones, and then the engine does the way back. A mean is a sum, divided by a number: made of your `tensor_sum` and `tensor_mul` it
# needs no pull of its own. Or write one; it is the sum's, divided by the same number.

# %% exercise="tensor_mean"
def tensor_mean(a, axis=None):
    """The mean of a Tensor along one axis, or of all entries when axis is None."""
    ### BEGIN SOLUTION
    total = tensor_sum(a, axis)
    n = a.data.size if axis is None else a.data.shape[axis]
    return Tensor(total.data / n, (a,), lambda g: total.pull(g / n))
    ### END SOLUTION

# %% exercise="tensor_reshape"
def tensor_reshape(a, shape):
    """A Tensor with the same numbers in another shape."""
    ### BEGIN SOLUTION
    return Tensor(a.data.reshape(shape), (a,), lambda g: (g.reshape(a.data.shape),))
    ### END SOLUTION

# %% exercise="tensor_transpose"
def tensor_transpose(a, axes):
    """A Tensor with its axes in another order, as np.transpose(a.data, axes). axes names each axis once, counted from 0."""
    ### BEGIN SOLUTION
    return Tensor(np.transpose(a.data, axes), (a,), lambda g: (np.transpose(g, np.argsort(axes)),))
    ### END SOLUTION

# %% [markdown]
# And all activations at once. The Jacobian of an entrywise function is diagonal; the slopes are given by a function `fprime`.

# %% exercise="elementwise"
def elementwise(a, f, fprime):
    """f applied to every entry of a Tensor. fprime is the derivative of f; both take and return arrays."""
    ### BEGIN SOLUTION
    return Tensor(f(a.data), (a,), lambda g: (g * fprime(a.data),))
    ### END SOLUTION

# %% [markdown]
# Infix notation for Tensors, so that formulas read like formulas:

# %%
Tensor.__add__, Tensor.__mul__, Tensor.__matmul__, Tensor.__neg__ = tensor_add, tensor_mul, tensor_matmul, tensor_neg

# %% [markdown]
# ## A test that needs no formula
#
# Lesson 5 has one for a forward and a backward product. For an operation $f$, an upstream gradient $U$ and a direction $V$, all at random, $\langle U, \text{change of } f \text{ along } V\rangle$ must equal
# $\langle \text{pull}(U), V\rangle$. The change comes from a central difference. Put your own operations in the place of `tensor_matmul`.

# %%
rng = np.random.default_rng(8)
A, B, V, U = rng.normal(size=(2, 3)), Tensor(rng.normal(size=(3, 4))), rng.normal(size=(2, 3)), rng.normal(size=(2, 4))
try:
    change = (tensor_matmul(Tensor(A + 1e-6 * V), B).data - tensor_matmul(Tensor(A - 1e-6 * V), B).data) / 2e-6
    print("forward:", np.sum(U * change), "  backward:", np.sum(tensor_matmul(Tensor(A), B).pull(U)[0] * V))
except NotImplementedError:
    print("write tensor_matmul first")

# %% [markdown]
# ## The network of lesson 7 again
#
# Linear, tanh, linear, and the mean of $\log(1 + e^z) - yz$. This time you write the forward pass only.

# %% exercise="engine_gradients"
def engine_gradients(params, X, y):
    """The loss of the network, a number, and its gradients: a dict with W1, b1, W2, b2, each in the shape of its parameter.

    params holds the arrays W1 (n, H), b1 (H,), W2 (H, 1), b2 (1,); X is (m, n), y is (m,).
    With the engine constants such as X and y go in as Tensors too. Worked out by hand, the numbers are the same and as right.
    """
    ### BEGIN SOLUTION
    p = {name: Tensor(array) for name, array in params.items()}
    A = elementwise(tensor_add(tensor_matmul(Tensor(X), p["W1"]), p["b1"]), np.tanh, lambda Z: 1 - np.tanh(Z) ** 2)
    z = tensor_reshape(tensor_add(tensor_matmul(A, p["W2"]), p["b2"]), y.shape)
    softplus = elementwise(z, lambda z: np.logaddexp(0, z), lambda z: 1 / (1 + np.exp(-z)))
    loss = tensor_mean(tensor_add(softplus, tensor_mul(Tensor(-y), z)))
    backward(loss)
    return float(loss.data), {name: tensor.grad for name, tensor in p.items()}
    ### END SOLUTION

# %% [markdown]
# The numbers agree with your `fnn_backward` of lesson 7 to about fifteen digits: it is the same chain rule. The difference is who wrote the
# backward pass. Add a layer here, and there is nothing else to change.

# %% [markdown]
# ### A place to stop
#
# Your engine trains networks: it works on arrays, and sums a gradient back where an axis was stretched.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 4: Forward mode, and the price
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Invent it: slopes that travel along
#
# Before you read on: at some time $a = 2$ and grows with speed 1, and $b = 3$ grows with speed 5. How fast does $ab$ grow? Write it with the four numbers, any way you like.

# %%
a, speed_a, b, speed_b = 2.0, 1.0, 3.0, 5.0
yours = ...
print(yours, "   measured:", ((a + 1e-6 * speed_a) * (b + 1e-6 * speed_b) - a * b) / 1e-6)

# %% [markdown]
# <details><summary>Compare</summary>
#
# With speed 13: $1 \cdot 3$ from the first and $2 \cdot 5$ from the second.
#
# - `speed_a * speed_b` is 5. The product of the two small changes is smaller than either of them, and counts for nothing.
# - `speed_a + speed_b` is 6: that is how fast $a + b$ grows.
# - `speed_a * b` alone is 3: $b$ moves, too.
#
# </details>

# %% [markdown]
# ## The other direction
#
# So far slopes travelled from the root to the leaves. They can travel with the computation as well. A **dual number** carries its value and its
# speed: $a + a'\tau$ with $\tau^2 = 0$. Start the inputs at the speeds $v$, and the outputs come out with the speeds $Jv$. That is
# the JVP of lesson 5, right up to rounding, in one pass.

# %%
class Dual:
    """A number and the speed at which it moves."""

    def __init__(self, data, slope=0.0):
        self.data, self.slope = data, slope

    def __repr__(self):
        return f"Dual({self.data:.6g}, slope={self.slope:.6g})"

# %%
def dual(x):
    return x if isinstance(x, Dual) else Dual(x)


def dual_add(a, b):
    a, b = dual(a), dual(b)
    return Dual(a.data + b.data, a.slope + b.slope)

# %% exercise="dual_mul"
def dual_mul(a, b):
    """The product of two dual numbers. Each of a and b is a Dual or a plain number.

    >>> dual_mul(Dual(3.0, 1.0), 2.0)
    Dual(6, slope=2)
    """
    ### BEGIN SOLUTION
    a, b = dual(a), dual(b)
    return Dual(a.data * b.data, a.slope * b.data + a.data * b.slope)
    ### END SOLUTION

# %% exercise="dual_apply"
def dual_apply(a, f, fprime):
    """The function f of a dual number. fprime is the derivative of f."""
    ### BEGIN SOLUTION
    return Dual(f(a.data), fprime(a.data) * a.slope)
    ### END SOLUTION

# %% exercise="dual_jvp"
def dual_jvp(f, x, v):
    """J v for a function f at x, in one pass: x is (n,), v is (n,), the answer is (m,).

    f takes a list of n Duals and returns a list of m; an item that does not depend on the inputs may be a plain number.
    """
    ### BEGIN SOLUTION
    outputs = f([Dual(number, slope) for number, slope in zip(x, v)])
    return np.array([dual(item).slope for item in outputs])
    ### END SOLUTION

# %%
try:
    polar = lambda q: [dual_mul(q[0], dual_apply(q[1], np.cos, lambda t: -np.sin(t))), dual_mul(q[0], dual_apply(q[1], np.sin, np.cos))]
    print(dual_jvp(polar, np.array([2.0, 0.5]), np.array([1.0, 0.0])))
except NotImplementedError:
    print("write dual_mul, dual_apply and dual_jvp first")

# %% [markdown]
# Which direction is cheaper? For a function from $\mathbb{R}^n$ to $\mathbb{R}^m$:
#
# | mode | one pass gives | the whole Jacobian takes | remembers the graph |
# |---|---|---|---|
# | forward mode, JVP | one column combination $Jv$ | $n$ passes | no |
# | reverse mode, VJP | one row combination $u^\top J$ | $m$ passes | yes |
#
# A loss has $m = 1$ and perhaps a million parameters. One reverse pass gives the whole gradient; forward mode would need a million.

# %% [markdown]
# ## What reverse mode costs: operations
#
# The gradient of a million parameters for the price of a few evaluations: how few? Count multiplications in a linear layer $Y = XW$ with $X$ `(m, n)` and $W$ `(n, k)`.
#
# | pass | multiplications |
# |---|---|
# | forward: $XW$ | $mnk$ |
# | backward: $dX = dY\,W^\top$ | $mnk$ |
# | backward: $dW = X^\top dY$ | $mnk$ |
#
# With both of them that is three times the forward pass, whatever the sizes. Every elementary operation has such a constant factor, and there are few kinds of them, so the whole has one too.
#
# Symbolic rules have not, if the result is written out. Take $f_0 = x$ and $f_{k+1} = 4 f_k (1 - f_k)$, so that $f_{k+1}' = 4 f_k' (1 - f_k) - 4 f_k f_k'$. Count the numbers and
# letters of both formulas, beside the multiplications that reverse mode needs for the value and the slope: two forward and three backward in each step.

# %%
letters, slope_letters = 1, 1
for k in range(1, 11):
    letters, slope_letters = 2 * letters + 2, 2 * slope_letters + 2 * letters + 3
    print(f"k = {k:2}: formula {letters:5}, its derivative {slope_letters:6}, reverse mode {5 * k:3}")

# %% [markdown]
# Why does the written-out derivative grow so fast?
#
# - **a** Each rule makes a long formula of a short one.
# - **b** Rounding errors are written out as well.
# - **c** What is needed several times is written out each time; a graph computes it once and points to it.
# - **d** There are many inputs, and one formula for each.

# %% exercise="why_it_swells"
def why_it_swells():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# ## Predict: the price in memory
#
# The tape holds what every layer has received, until the sweep comes back. A hundred layers with a thousand units and a batch of a thousand hold
# $100 \cdot 1000 \cdot 1000$ numbers of 8 bytes: 0.8 GB. Suppose that you keep only every tenth layer's input, and compute the rest again when the sweep gets there.

# %%
predict("checkpoint", "How often is each layer evaluated in all, about?", {
    "twice": "Yes: once forward and once more from the checkpoint before it. 19 values are held instead of 100, for 190 evaluations instead of 100.",
    "ten times": "Each segment is computed again once, from its own checkpoint, and not from the beginning. Read the evaluations off the explorer.",
    "a hundred times": "That would be so if the sweep began at the input for every layer. A checkpoint is close by: read the evaluations off the explorer.",
})

# %% [markdown]
# ## Look: checkpoints
#
# Each dot is a value that a layer receives. Move the distance of the checkpoints, which is 1<!-- drag --> at first, and find where the least is held at once.

# %%
checkpoint_explorer()

# %% [markdown]
# **Worked example.** $n = 4$ layers, every second value kept: those that enter layers 0 and 2. Forward: 4 evaluations. Back: from checkpoint 2 the value that enters layer 3 is computed again
# (1 evaluation; held are 0, 2, 3), the sweep goes through layers 3 and 2 and drops both. Then from checkpoint 0 the value that enters layer 1 (1 evaluation; held are 0, 1). In all 6 evaluations,
# and never more than 3 values.

# %% exercise="checkpoint_cost"
def checkpoint_cost(n, keep):
    """(how many values are held at once, at most; evaluations of layers) for a chain of n layers with checkpoints.

    Forward, the values that enter layers 0, keep, 2*keep, ... stay; the other ones are not held.
    A segment is computed again from its checkpoint, once, up to the value that enters its last layer.
    Its values are dropped when the sweep has gone through it; segments come last first.

    >>> checkpoint_cost(4, 2)
    (3, 6)
    """
    ### BEGIN SOLUTION
    segments = -(-n // keep)
    last = n - (segments - 1) * keep  # the last segment may be shorter; all checkpoints are there only while it is at work
    held = max(segments + last - 1, segments + keep - 2 if segments > 1 else 0)
    return held, 2 * n - segments
    ### END SOLUTION

# %% [markdown]
# ## Both directions at once: products with the Hessian
#
# A Hessian of a million parameters has $10^{12}$ entries. Its product with one vector is cheap: $H\mathbf{v}$ is how the *gradient* changes along $\mathbf{v}$, a JVP of the function that reverse mode computes.
# The `hvp` of lesson 5 took a difference of two gradients, right to
# six digits. **Forward over reverse**: run the gradient on numbers that carry a speed. Dual numbers do it, and so does the complex step of lesson 2, whose imaginary part is the dual part:
#
# $$H\mathbf{v} = \frac{1}{h}\,\mathrm{Im}\; \nabla f(\mathbf{x} + i h \mathbf{v}), \qquad h = 10^{-30}, \text{ up to terms of the order } h^2.$$
#
# **As a number.** $f = x_1^2 x_2$, $\nabla f = (2x_1x_2,\; x_1^2)$. At $(1, 3)$ along $\mathbf{v} = (1, 0)$ the gradient changes by $(6, 2)$, the first column of $H$.

# %% exercise="forward_over_reverse"
def forward_over_reverse(grad, x, v):
    """The Hessian of f at x times v, where grad is the gradient of f: (n,), (n,) -> (n,).

    grad takes complex arrays too, and is evaluated once. Right up to rounding: no difference is taken.

    >>> forward_over_reverse(lambda x: np.array([2 * x[0] * x[1], x[0]**2]), np.array([1.0, 3.0]), np.array([1.0, 0.0]))
    array([6., 2.])
    """
    ### BEGIN SOLUTION
    return np.imag(grad(x + 1e-30j * v)) / 1e-30
    ### END SOLUTION

# %% [markdown]
# ## Catch the mistake
#
# Here is a small engine on two leaves. Each row of `steps` is one operation: `[0, i, j]` adds the numbers `i` and `j`, `[1, i, j]` multiplies them; numbers 0 and 1 are the leaves, number 2 is the result of the first row, and so on. Its sweep has a mistake that you know. It is right on many graphs. Find one on which it is not.

# %% exercise="catch_the_overwriting"
def catch_the_overwriting():
    """A pair (leaves, steps) on which the function above differs from the slopes of the last number in both leaves.

    leaves holds two numbers of at most 100 in size; steps is (k, 3), each row uses leaves and rows before it.
    """
    ### BEGIN SOLUTION
    return [2.0, 3.0], [[1, 0, 1], [0, 2, 0]]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who finished lesson 7: what does the engine know that you had to know there?

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can draw the graph of a formula and write the local slopes on its edges.
# - I can say why contributions are added, and why a shared node has to wait.
# - I can write a topological order without recursion.
# - I can say what a second sweep does to leaves and to inner nodes, and why.
# - I can undo broadcasting, and I can write the pull of a new operation and test it with a dot product.
# - I can say when forward mode is cheaper than reverse mode.

# %%
progress("08_automatic_differentiation")

# %% [markdown]
# Next: [use the gradient to go downhill](../09_gradient_descent/09_gradient_descent.ipynb)
