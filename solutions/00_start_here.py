# %% [markdown]
# # 0 · Start here
#
# **The question:** what does a number look like in a computer, and how does this course talk to you?
#
# This course goes from $h$, the small step of a difference quotient, to $\eta$, the learning rate of gradient descent. You will
# write every function on the way yourself. This first lesson shows how that works, on things that you will need everywhere: floats, shapes, and a fair way
# to compare two arrays.
#
# About {{minutes}} minutes · {{points}} points · [notation](notation.md), one page for the whole course
#
# You need: Python's functions and loops, and a first idea of NumPy arrays. No calculus yet.
#
# You will be able to: run and read a check, tell axes from components, and say how exact a float is.

# %%
import numpy as np
from autograder import check, hint, home, predict, progress, reset, solution, today, where
from explorers import float_ruler

# %% [markdown] covers="S1.08"
# ## The way
#
# From the slope of a curve to a network that learns. The lessons build on one another, so take them in order.
#
# <!-- lessons: made by `make build` -->
#
# | lesson | the question it answers | exercises | minutes | points |
# |---|---|---|---|---|
# | [00 Start here](../00_start_here/00_start_here.ipynb) | What does a number look like in a computer, and how does this course talk to you? | 8 | 55 | 11 |
# | [01 The derivative is a limit](../01_derivative/01_derivative.ipynb) | What is the slope of a curve at a single point? | 10 | 95 (50 + 45) | 21 |
# | [01b The rules of differentiation](../01b_rules/01b_rules.ipynb) | How do you find a derivative without taking a limit each time? | 8 | 80 | 15 |
# | [02 Choosing h](../02_numerical_derivative/02_numerical_derivative.ipynb) | How small should h be? | 13 | 110 (40 + 70) | 26 |
# | [03 Partial derivatives](../03_partial_derivative/03_partial_derivative.ipynb) | What is a slope when a function has several variables? | 10 | 75 | 16 |
# | [04 The gradient](../04_gradient/04_gradient.ipynb) | Which way is up, and how steep is it there? | 15 | 105 (50 + 55) | 25 |
# | [05 The Jacobian](../05_jacobian/05_jacobian.ipynb) | What is the derivative of a function with many inputs and many outputs? | 18 | 145 (70 + 75) | 25.5 |
# | [06 The generalized Jacobian](../06_generalized_jacobian/06_generalized_jacobian.ipynb) | What is the derivative when inputs and outputs are tables of numbers, or stacks of tables? | 21 | 190 (65 + 65 + 60) | 36 |
# | [07 Backpropagation](../07_backpropagation/07_backpropagation.ipynb) | How does the gradient of a network with many parameters come out of one backward sweep? | 19 | 210 (60 + 65 + 85) | 31 |
# | [08 Automatic differentiation](../08_automatic_differentiation/08_automatic_differentiation.ipynb) | How can a computer write the backward pass by itself? | 30 | 230 (55 + 45 + 75 + 55) | 36 |
# | [09 Gradient descent](../09_gradient_descent/09_gradient_descent.ipynb) | How do you get down a hill if you can only feel its slope? | 22 | 205 (75 + 60 + 70) | 37 |
# | [10 Train on real data](../10_training/10_training.ipynb) | What does it take until a network tells penguins, and digits, apart? | 19 | 210 (50 + 50 + 70 + 40) | 34 |
# | [11 Review: the errata hunt](../11_review/11_review.ipynb) | Can you tell a right formula from a wrong one, months later? | 7 | 110 (55 + 55) | +21 |
# | together | | 200 | 1820 | 313.5 |
#
# <!-- end of lessons -->
#
# Lesson 11 is a bonus: come back to it a week after the others, and again a month later.

# %% [markdown]
# ## Home
#
# `home()` shows where you are: each lesson with its state and your points, what comes next, and how long the rest takes. Come back here whenever you
# wonder where to go on. `progress()` shows the same table in any lesson, and in a terminal `python -m autograder progress` does.
#
# Below the table stand the day's questions. What you have learned fades, and comes back fast when it is asked for. `today()` asks up to five small
# questions a day, with fresh numbers: a mistake that `check` has named comes back three times in six weeks, and between them comes what older lessons
# ask. Before the first check there are none. Take a minute for them before you go on with a lesson.

# %%
home()

# %% [markdown] covers="S0.15"
# ## Arrays: axes, shape, size
#
# **In a sentence.** An array is a rectangular table of numbers; it has axes, and along each axis a length.
#
# | kind | number of axes | shape | size |
# |---|---|---|---|
# | scalar, `3.0` | 0 | `()` | 1 |
# | vector, `[5, 6, 7]` | 1 | `(3,)` | 3 |
# | matrix, `[[1, 2, 3], [4, 5, 6]]` | 2 | `(2, 3)` | 6 |
# | a stack of four such matrices | 3 | `(4, 2, 3)` | 24 |
#
# All of them are called **tensors**: a vector is a tensor with one axis, a matrix one with two, and a tensor with $D$ axes has a shape
# $(n_1, \ldots, n_D)$. The shape is a tuple. The product $n_1 \cdots n_D$ is something else, the size.
#
# Careful with the word *dimension*. A vector with three components lives in three-dimensional space, and its array has one axis, `ndim` 1.

# %% [markdown]
# ## Worked example: a stack of matrices
#
# Four matrices, each with two rows and three columns, one behind the other.
#
# | step | what is asked | answer |
# |---|---|---|
# | 1 | In how many ways can one walk through it: from matrix to matrix, from row to row, from column to column? | 3 axes |
# | 2 | How long is each of these ways? | the shape `(4, 2, 3)` |
# | 3 | How many numbers are there in all? | the size $4 \cdot 2 \cdot 3 = 24$ |
#
# NumPy says the same:

# %%
stack = np.zeros((4, 2, 3))
stack.ndim, stack.shape, stack.size

# %% [markdown]
# ## Your first exercise
#
# An exercise is a cell with a stub and a contract. Replace the line `raise NotImplementedError` with your code, run the cell, then run the
# check below it. Try it wrong on purpose once: return `0`, and read what the check says.
#
# `hint(describe_array)` gives a hint, one step at a time. `where(describe_array)` looks for the line at which a wrong answer goes wrong.
# `solution(describe_array)` shows our answer beside yours once yours has full marks. `reset("describe_array")` gives you the cell as it was handed
# out, and keeps what you had in a file beside the notebook; your points stay. Nothing is lost by a wrong try.
#
# Three things hold for every function that you write in this course. What it is given stays as it was: it changes no array that belongs to somebody else,
# unless its description says so. The same call gives the same answer, whatever was called before. And what the description promises, it keeps for everything
# that it may be given, not for the example alone. The numbers it is given are finite, unless the description speaks of `nan` or `inf`.
#
# Two things are up to you. Several values may come back as a tuple, a list or a row of numbers, and an array as a list of its numbers. And what comes back may share its memory with what was
# given, as NumPy's own reshape does, unless the description asks for a copy.

# %% exercise="describe_array"
def describe_array(a):
    """Number of axes, shape and size of a: an array, a list, or a number.

    >>> describe_array([[1, 2, 3], [4, 5, 6]])
    (2, (2, 3), 6)
    """
    ### BEGIN SOLUTION
    a = np.asarray(a)
    return a.ndim, a.shape, a.size
    ### END SOLUTION

# %% [markdown]
# ## Counting from 0
#
# Mathematics counts components from 1, code counts from 0: $x_1$ is `x[0]`. The basis vector $e_1 = (1, 0, \ldots, 0)$ is therefore
# `basis_vector(n, 0)`. You will soon use basis vectors to move one variable at a time.

# %% exercise="basis_vector"
def basis_vector(n, i):
    """The vector of n floats that is 1 at index i, counted from 0, and 0 elsewhere: (n, i) -> (n,).

    >>> basis_vector(3, 0)
    array([1., 0., 0.])
    """
    ### BEGIN SOLUTION
    e = np.zeros(n)
    e[i] = 1.0
    return e
    ### END SOLUTION

# %% [markdown]
# ## Find the wrong sentence
#
# One of these sentences mixes up two things, as one of our [sources](../00_start_here/notation.md) does.
#
# | letter | sentence |
# |---|---|
# | a | A single number has no axis; its shape is `()`. |
# | b | An array of shape `(4,)` has four axes, because it has four components. |
# | c | An array of shape `(2, 3, 4)` has three axes and 24 entries. |
# | d | A matrix is a tensor with two axes. |

# %% exercise="wrong_sentence_about_shapes"
def wrong_sentence_about_shapes():
    """The letter of the sentence that is wrong: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# ## Row by row
#
# Memory is one long line. NumPy lays a matrix out row by row: first row 0, then row 1. `ravel` shows the line.

# %%
np.array([[10, 11], [20, 21]]).ravel()

# %% [markdown]
# `X` has the shape `(2, 3)`. At which position of `X.ravel()` does `X[1, 0]` stand?
#
# | a | b | c | d |
# |---|---|---|---|
# | 1 | 2 | 3 | 4 |

# %% exercise="flat_position"
def flat_position():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# ## Predict first: the marks on the ruler
#
# A float is one of finitely many marks on a ruler. The next mark after 1 is $1 + 2.2\cdot10^{-16}$. Choose an answer
# before you look. A guess is worth more than a look ahead, and a wrong one costs nothing.

# %%
predict("float_ruler", "How far is it from 1000 to the next mark, compared with that distance at 1?", {
    "farther": "Yes: 1.1e-13, some 500 times as far as at 1. The marks keep their distance in proportion to $x$, up to a factor 2.",
    "the same": "The gap at 1000 is 1.1e-13, some 500 times the gap at 1. It is the number of digits that stays the same.",
    "nearer": "It is farther: 1.1e-13 instead of 2.2e-16. From 1e-307 to 1e308 a float keeps about 16 digits.",
})

# %% [markdown]
# ## Look
#
# It begins at $x =$ 1<!-- drag -->. Move the slider for $x$, then change the format from float64 to float32 and float16. Watch the gap, and the gap divided by $x$.

# %%
float_ruler()

# %% [markdown]
# ## Machine epsilon
#
# **In a sentence.** Machine epsilon is the distance from 1 to the next float.
#
# **As a formula.** Near $x$ the distance between neighbours is $\varepsilon\,|x|$, up to a factor 2. Only next to 0 it is not: in float64 the marks stop coming closer below $2.2\cdot10^{-308}$.
#
# **As a picture.** The gap between two marks at 1 on the ruler.
#
# **As numbers.** $2.2\cdot10^{-16}$ in float64, $1.2\cdot10^{-7}$ in float32, $9.8\cdot10^{-4}$ in float16.
#
# **As code.** NumPy knows the distance to the next float everywhere:

# %%
print(np.spacing(1.0), np.spacing(1000.0), np.spacing(np.float32(1)))

# %% [markdown]
# ## Worked example: halving until nothing is seen
#
# Take a toy format that keeps three decimal digits. Start with a step $e = 1$ and divide it by 10 as long as $1 + e/10$ can still be told from 1.
#
# | $e$ | $1 + e/10$, rounded to three digits | seen? |
# |---|---|---|
# | 1 | 1.10 | yes, go on |
# | 0.1 | 1.01 | yes, go on |
# | 0.01 | 1.001, rounded to 1.00 | no, stop |
#
# So the gap is $0.01$: after 1.00 comes 1.01. Computers halve instead of dividing by 10. With four digits, where would you stop?
#
# <details><summary>Compare</summary>
#
# At $e = 0.001$: after 1.000 comes 1.001.
#
# </details>
#
# Now in earnest, with NumPy's formats. A number of a format is made by `np.ones((), dtype)`, and arithmetic among such numbers stays in the format.

# %% exercise="machine_epsilon"
def machine_epsilon(dtype):
    """The distance from 1 to the next number of a format. Halving finds it.

    dtype is the name of a format: "float16", "float32" or "float64".

    >>> machine_epsilon("float16")
    0.0009765625
    """
    ### BEGIN SOLUTION
    one = eps = np.ones((), dtype)
    while one + eps / 2 > one:
        eps = eps / 2
    return float(eps)
    ### END SOLUTION

# %% [markdown]
# ## Invent it: how far apart?
#
# Before you read on: write one number that tells how far two arrays are apart, so that one and the same limit serves for tiny numbers and for large ones.
# Any way you like; nobody checks this cell.

# %%
def how_far(a, b):
    return ...  # yours


tiny, large = np.array([1e-9, 0.0]), np.array([1e9, 2e9])
print("twice as large:          ", how_far(tiny, 2 * tiny))
print("equal to about ten digits:", how_far(large, large + 0.1))

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `np.abs(a - b).max()` gives $10^{-9}$ for the first pair and 0.1 for the second: it calls the wrong pair the closer one. It does not know how large the numbers are.
# - `np.abs(a - b).max() / np.abs(a).max()` knows it of `a` alone. Exchange `a` and `b`, and the first pair gets 0.5 instead of 1.
# - `np.abs((a - b) / b).max()` divides entry by entry. The first pair has an entry 0 in both arrays, and 0/0 is no number.
#
# </details>

# %% [markdown]
# ## When are two arrays equal?
#
# Because of rounding, `==` is the wrong question:

# %%
0.1 + 0.2 == 0.3

# %% [markdown]
# Ask instead how far they are apart, *measured by their size*. With the length $\lVert a\rVert = \sqrt{a_1^2 + \ldots + a_n^2}$ (of a table: over all its entries),
#
# $$\text{relative error} = \frac{\lVert a - b\rVert}{\max(\lVert a\rVert, \lVert b\rVert)}$$
#
# Rounding alone mostly gives $10^{-16}$ to $10^{-12}$, and more where nearly equal numbers were subtracted. A flipped sign gives exactly 2. For $a = (3, 4)$ and $b = (3, 5)$ it is $1/\sqrt{34} = 0.17$.
# You will use this one measure whenever you compare a gradient with a numerical one.
#
# A trap: NumPy stretches shapes that do not match. `(3,)` minus `(3, 1)` is a table of nine numbers, and no error is raised. Your function has to.

# %% exercise="relative_error"
def relative_error(a, b):
    """How far a and b are apart, relative to the larger of them: two arrays of one shape -> a number.

    Two arrays of zeros have the relative error 0. Raises ValueError when the shapes differ.

    >>> relative_error([3.0, 0.0], [0.0, 4.0])
    1.25
    """
    ### BEGIN SOLUTION
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} differ")
    largest = max(np.linalg.norm(a), np.linalg.norm(b))
    return float(np.linalg.norm(a - b) / largest) if largest else 0.0
    ### END SOLUTION

# %% [markdown]
# ## A formula as text
#
# Labels in plots are LaTeX: text full of backslashes. In an ordinary Python string a backslash and the letter after it may become one character.
# `\n` is a new line, `\t` a tab, `\f` a form feed. The formulas of one of our sources went through a program that read them that way. What is left of them
# are pieces such as `rac{`, `abla` and `imes`.
#
# Return the label
#
# ```
# $\nabla_\theta L = \frac{\partial L}{\partial \theta}$
# ```
#
# with every backslash alive. It reads: the gradient of $L$ with respect to $\theta$.

# %% exercise="gradient_label"
def gradient_label():
    """The label above, as a string."""
    ### BEGIN SOLUTION
    return r"$\nabla_\theta L = \frac{\partial L}{\partial \theta}$"
    ### END SOLUTION

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues measure relative errors otherwise. Both tried their function on a few vectors, and it looked fine. Find one pair of vectors on which *both* are wrong.

# %% exercise="catch_one_sided"
def catch_one_sided():
    """A pair (a, b) of vectors on which both functions above differ from the relative error.

    a and b have the same length, and entries of at most 1000 in size.
    """
    ### BEGIN SOLUTION
    return [1.0, 0.0], [2.0, 0.0]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Why is `0.1 + 0.2 == 0.3` false, and what should one ask instead?

# %% [markdown]
# *Your sentence here.*

# %% [markdown]
# ## What you can do now
#
# - I can run a check, read its first failing line, and ask for a hint.
# - I can tell the number of axes from the number of components, and the shape from the size.
# - I know that $x_1$ is `x[0]`.
# - I can say how far apart floats are near 1 and near 1000.
# - I compare arrays by a relative error, after I have compared their shapes.
# - I know what the `r` in front of a string does.

# %%
progress("00_start_here")

# %% [markdown]
# Next: [the derivative is a limit](../01_derivative/01_derivative.ipynb)
