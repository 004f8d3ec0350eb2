# %% [markdown]
# # 10 · Train on real data
#
# **The question:** what does it take until a network tells penguins, and digits, apart?
#
# You have the derivative, the gradient, backpropagation and gradient descent. Here they meet real measurements: 333 penguins, 16 years of an
# economy, 1797 handwritten digits. Real data bring trouble of their own, and this lesson is about that trouble.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: backpropagation through one hidden layer (lesson 7), gradient descent and mini-batches (lesson 9).
#
# You will be able to: put features on one scale without looking at the test set, predict which learning rate diverges, train a network that reads
# digits, and test a training before you trust it.

# %%
import numpy as np
from autograder import check, dataset, hint, mine, predict, progress, reset, solution, where
from explorers import adam_explorer, decay_explorer, ridge_explorer, trainer_explorer

# %% [markdown]
# ## Warm-up
#
# From lesson 7. In a linear layer $Y = XW + b$ the batch has $m$ rows. Upstream comes `dY`, the gradient of the **mean** loss with respect to $Y$.
# The gradient of $b$ is
#
# - **a** `dY.sum(axis=0)`,
# - **b** `dY.mean(axis=0)`,
# - **c** `dY.sum(axis=1)`,
# - **d** `dY[0]`.

# %% exercise="recall_bias_gradient"
def recall_bias_gradient():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION

# %% [markdown]
# ## Tools that you have
#
# Several exercises below are a few lines each with what you wrote before: the layers of lesson 7, descent and batches of lesson 9. Run the next cell: it writes your functions in its own
# place, with what of yours they use; then run it once more. They must stand here, because a notebook is graded alone. What you have not written yet is named, and each exercise can be done without.

# %%
mine("linear_forward", "linear_backward", "tanh_backward", "softmax_cross_entropy", "gradient_descent", "minibatches")

# %% [markdown]
# ## Part 1: A line through penguins
#
# About {{part_minutes}} minutes.

# %% [markdown] covers="S0.05"
# ## The flipper and the mass
#
# How heavy is a penguin with flippers of 200 mm? We look for a line, *mass* $\approx \theta_0 + \theta_1 \cdot$ *flipper length*, that makes the mean squared error
# smallest:
#
# $$L(\theta) = \frac{1}{m}\sum_{i=1}^m \left(y^{(i)} - \theta_0 - \theta_1 x^{(i)}\right)^2$$
#
# The data come from a file beside this course, not from the network. `dataset` gives a dict of arrays.

# %%
birds = dataset("penguins")
flipper, mass = birds["flipper_length_mm"], birds["body_mass_g"]
print(len(mass), "penguins,", flipper.min(), "to", flipper.max(), "mm,", mass.min(), "to", mass.max(), "g")

# %% [markdown]
# ## Predict first
#
# You take the lengths in millimetres and the masses in grams, as they are, choose the best $\eta$ you can, and descend.

# %%
predict("unscaled_penguins", "How many steps until the line is right to a millionth?", {
    "tens": "It takes more than a hundred thousand. With η = 0.000024 the line is still far off by then, and with η = 0.000025 it diverges.",
    "thousands": "It takes more than a hundred thousand. With η = 0.000024 the line is still far off by then, and with η = 0.000025 it diverges.",
    "more than a hundred thousand": "Yes. With η = 0.000024 the line is still far off after a hundred thousand steps, and with η = 0.000025 it diverges.",
})

# %% [markdown]
# ## Invent it: other numbers for the same lengths
#
# Before you read on: the bowl of a line has two curvatures, and lesson 9 wants their quotient to be near 1. In centimetres it is 84 509. Change the numbers of the
# flippers, any way you like, so that it gets smaller. Nothing may be lost: from the new numbers one must get back to the old ones.

# %%
def condition(x):
    X = np.column_stack([np.ones(len(x)), x])
    low, high = np.linalg.eigvalsh(2 * X.T @ X / len(x))
    return float(high / low)


yours = flipper / 10  # in centimetres
condition(yours)

# %% [markdown]
# <details><summary>Compare</summary>
#
# - **Divided by the largest** the lengths lie between 0.74 and 1, and the quotient is 842. They are all alike for the line, far from 0 and close together.
# - **From 0 to 1**, smallest to largest: 28. Better, but they are still all on one side of 0.
# - **Minus their mean**, in millimetres: 196. In the middle now, and too long.
# - **Minus their mean, divided by their spread**: 1. It cannot be smaller.
#
# </details>

# %% [markdown]
# ## Why: the bowl is a crack
#
# The loss of a line is a bowl, and lesson 9 told you what matters: its curvatures. They are the eigenvalues of $\frac{2}{m}X^\top X$, where $X$ has a column of ones.
# For flippers in millimetres they are 0.0097 and 81169. The condition number is 8.4 million.
#
# Now subtract the mean of the flipper lengths and divide by their standard deviation. Both curvatures become 2. The bowl is round, $\kappa = 1$,
# and with $\eta = 0.5$ a single step arrives. The penguins have not changed; the ruler has.

# %%
def curvatures(x):
    X = np.column_stack([np.ones(len(x)), x])
    return np.linalg.eigvalsh(2 * X.T @ X / len(x))


print("millimetres: ", curvatures(flipper))
print("standardised:", curvatures((flipper - flipper.mean()) / flipper.std()))

# %% [markdown]
# ## Standardise
#
# **In a sentence.** Subtract from every feature its mean and divide by its standard deviation.
#
# **As a formula.** For column $j$ with mean $\bar{x}_j$ and standard deviation $s_j$, $\; \tilde{x}_j = (x_j - \bar{x}_j)/s_j$.
#
# **As a number.** Flippers have the mean 201.0 mm and the standard deviation 14.0 mm; a flipper of 215 mm becomes 1.0.
#
# A column that never changes has $s_j = 0$. It tells nothing, and it must not turn everything into `nan`: its spread counts as 1.

# %% exercise="fit_standardizer"
def fit_standardizer(X):
    """The mean and the standard deviation of every column: (m, n) -> (n,), (n,).

    The standard deviation is the root of the mean squared distance to the mean, divided by m; of a column whose values are all equal it
    counts as 1.

    >>> fit_standardizer(np.array([[1.0, 5.0], [3.0, 5.0]]))
    (array([2., 5.]), array([1., 1.]))
    """
    ### BEGIN SOLUTION
    constant = X.max(axis=0) == X.min(axis=0)
    return X.mean(axis=0), np.where(constant, 1.0, X.std(axis=0))
    ### END SOLUTION

# %% [markdown]
# ## Which mean?
#
# A **test set** is a part of the data that you put away. At the end it plays the future: examples that did not exist while you trained. So nothing may be
# computed from it before the end, not even a mean. Otherwise the future has leaked into your training, and the result may be better than it deserves to be.
# A mean of a few numbers leaks little. Choosing the features, or $\eta$, by the test set's score leaks much.

# %% exercise="standardize"
def standardize(X_train, X_test):
    """Both tables, standardised with the mean and spread of X_train: (m, n), (k, n) -> (m, n), (k, n).

    >>> standardize(np.array([[1.0], [3.0]]), np.array([[4.0]]))
    (array([[-1.],
           [ 1.]]), array([[2.]]))
    """
    ### BEGIN SOLUTION
    mean, scale = fit_standardizer(X_train)
    return (X_train - mean) / scale, (X_test - mean) / scale
    ### END SOLUTION

# %% [markdown] covers="S0.05"
# ## Worked example: one step for one feature
#
# For a standardised feature $\tilde{x}$ and a line $\theta_0 + \theta_1 \tilde{x}$, start at zero and take $\eta = \frac{1}{2}$.
#
# | step | line | rule |
# |---|---|---|
# | 1 | $\nabla L = \frac{2}{m}X^\top(X\theta - \mathbf{y})$ | lesson 4, with $X = [\,1 \;\; \tilde{x}\,]$ |
# | 2 | $\nabla L(0) = -\frac{2}{m}X^\top\mathbf{y}$ | put in $\theta = 0$ |
# | 3 | $\theta_{\text{new}} = 0 - \frac{1}{2}\nabla L(0) = \frac{1}{m}X^\top\mathbf{y}$ | the update |
# | 4 | $\theta_0 = \frac{1}{m}\sum_i y^{(i)}$ and $\theta_1 = \frac{1}{m}\sum_i \tilde{x}^{(i)}y^{(i)}$ | row by row |
#
# The first is the mean mass, 4207 g. The second is 702 g for one standard deviation of the flipper. It is the least-squares line already,
# because $\frac{1}{m}X^\top X$ is the identity when $\tilde{x}$ has mean 0 and standard deviation 1.

# %%
X = np.column_stack([np.ones(len(flipper)), (flipper - flipper.mean()) / flipper.std()])
print("one step:     ", X.T @ mass / len(mass))
print("least squares:", np.linalg.lstsq(X, mass, rcond=None)[0])

# %% [markdown]
# ## The same with steps left out: mass in kilograms
#
# You measure the mass in kilograms instead. Fill the gaps on paper.
#
# | step | line |
# |---|---|
# | 1 | every $y^{(i)}$ is divided by $\ldots$ |
# | 2 | the curvatures, the eigenvalues of $\frac{2}{m}X^\top X$, are $\ldots$ |
# | 3 | the limit of $\eta$ is $\ldots$ |
# | 4 | $\theta_0$ and $\theta_1$ are $\ldots$ |
#
# <details><summary>Compare</summary>
#
# Line 1: 1000. Line 2: as before, $y$ is not in them. Line 3: as before, 1. Line 4: divided by 1000. Scaling the features changes the bowl's
# curvatures; scaling the target leaves them as they are. It moves the lowest point and changes how high the bowl stands there.
#
# </details>

# %% exercise="train_linear"
def train_linear(X, y, eta, n_steps):
    """Intercept and slopes after n_steps of gradient descent from zero on the mean squared error: (m, n), (m,) -> (n + 1,).

    The prediction for a row x is theta[0] + theta[1:] @ x.

    >>> train_linear(np.array([[-1.0], [1.0]]), np.array([2.0, 8.0]), 0.5, 1)
    array([5., 3.])
    """
    ### BEGIN SOLUTION
    X = np.column_stack([np.ones(len(X)), X])
    theta = np.zeros(X.shape[1])
    for _ in range(n_steps):
        theta = theta - eta * 2 / len(y) * X.T @ (X @ theta - y)
    return theta
    ### END SOLUTION

# %% [markdown]
# ## Find the wrong line
#
# A program from somebody's notebook. It runs, and nobody can tell from its result that something is wrong. Through which line does the test set leak?
#
# | letter | line |
# |---|---|
# | a | `mean, scale = fit_standardizer(X); X = (X - mean) / scale` |
# | b | `order = rng.permutation(len(y))` |
# | c | `train, test = order[:250], order[250:]` |
# | d | `params = fit(X[train], y[train]); print(score(params, X[test], y[test]))` |

# %% exercise="find_the_leak"
def find_the_leak():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION

# %% [markdown]
# ## How large may eta be?
#
# With three standardised features, length and depth of the bill and length of the flipper, the curvatures lie between 0.467 and 3.986. Lesson 9 says: the limit is
# $2/\lambda_{\max} = 2/3.986 = 0.502$, the best is $2/(\lambda_{\max} + \lambda_{\min}) = 2/(3.986 + 0.467) = 0.449$. And so it is. Steps until all four numbers are right to a millionth of the largest:
#
# | $\eta$ | 0.1 | 0.3 | 0.45 | 0.50 | 0.51 |
# |---|---|---|---|---|---|
# | steps | 240 | 77 | 51 | 1632 | diverges |
#
# Often nobody knows the curvatures. One tries: some learning rates, each a bit larger than the last, a short run with each. Write that search for a bowl. There a run is
# stable when its gradient is shorter at the end than at the start. For a network look at the loss instead: the gradient of a cross-entropy is bounded, and far
# out on a plateau it is short although the loss is huge.

# %% exercise="eta_sweep"
def eta_sweep(grad, theta0, etas, n_steps):
    """The largest of the etas with which n_steps of gradient descent from theta0 do not run away: a number.

    grad is the gradient of a bowl. A run is stable when the gradient at its end is shorter than at theta0; a run that overflows is not.
    etas is an array in any order, and at least one of them is stable.

    >>> eta_sweep(lambda theta: 2 * theta, np.array([3.0]), np.array([0.3, 1.2, 0.6]), 20)
    0.6
    """
    ### BEGIN SOLUTION
    stable, start = [], np.linalg.norm(grad(theta0))
    for eta in etas:
        theta, g = theta0, grad(theta0)
        for _ in range(n_steps):
            theta = theta - eta * g
            g = grad(theta)
            if not np.linalg.norm(g) < 1e6 * start:
                break
        if np.linalg.norm(g) < start:
            stable.append(eta)
    return float(max(stable))
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You can standardise without leaking, and choose $\eta$ for what is left.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: What training needs beyond eta
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## When standardising is not enough
#
# Longley collected six series for sixteen years: prices, product, unemployment, armed forces, population, and the year itself. Prices, product, population and the year
# grow together: the correlation of any two of them is above 0.97. That makes a valley that no change of units can open.

# %%
years = dataset("longley")
X = np.column_stack([years[name] for name in years if name != "employed"])
for name, table in ("raw", X), ("standardised", (X - X.mean(axis=0)) / X.std(axis=0)):
    with_ones = np.column_stack([np.ones(len(table)), table])
    print(f"{name:13} condition number {np.linalg.cond(with_ones)**2:.1e}")

# %% [markdown]
# Standardising takes the condition number of the bowl from $2\cdot 10^{19}$ to $1.2\cdot 10^{4}$. That is still about 14 000 steps of the best gradient descent for each further decimal digit.
# Momentum at its best would need about 130: the root of $\kappa$ stands where $\kappa$ stood. When features say the same thing in different words, it is better to leave some out.

# %% [markdown]
# ## Invent it: a price on slopes
#
# Before you read on: you want to keep all features and no slope may get out of hand. Write something that is added to the loss, from `theta` with the intercept in front; any way you like.

# %%
theta = np.array([4207.0, -50.0, 30.0])
yours = lambda theta: ...
yours(theta)

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `np.sum(theta[1:])` is −20: the more negative a slope, the cheaper. Added to a loss with a flat valley it pulls the slopes far off.
# - `theta @ theta` is 17 702 249, and all but 3400 of it is the intercept's. It would be pulled down to 0, only because the masses are large.
# - `np.sum(np.abs(theta[1:]))` is 80. That is a good price with a name of its own, *lasso*: it makes some slopes exactly 0. It has a corner there, and adds no curvature elsewhere.
# - `theta[1:] @ theta[1:]` is 3400. That is ridge.
#
# </details>

# %% [markdown]
# ## Ridge: a price on large slopes
#
# Leaving features out is one way. The other keeps them all and puts a price on large slopes:
#
# $$L(\theta) = \frac{1}{m}\sum_i \left(\theta_0 + \theta_{1:}\cdot \mathbf{x}^{(i)} - y^{(i)}\right)^2 + \alpha \sum_{j \geq 1} \theta_j^2$$
#
# **In a sentence.** Along directions that the data hardly determine, the price decides. The price has the curvature $2\alpha$ in every slope. With standardised features the intercept has
# an axis of the bowl to itself, and the curvatures of all other axes grow by $2\alpha$.
#
# **As a number.** Longley's curvatures lie between 0.00075 and 9.2, so $\kappa = 12\,220$. With $\alpha = 0.1$ they lie between 0.2008 and 9.4, so $\kappa = 47$: 54 steps
# for each further digit and no longer 14 000. What it costs: the line explains 98.0 % of the variance of employment and no longer 99.5 %.
#
# With plain gradient descent the step of the price alone is $\theta_j \leftarrow (1 - 2\eta\alpha)\,\theta_j$: each step takes away the same part of each slope. That is why it is also called **weight decay**.
# The intercept pays nothing.

# %% [markdown]
# Two features are enough to see it. They are standardised and have the correlation 0.98, so the loss has the curvatures 3.96 and 0.04, and $\kappa = 99$. The price begins at $\alpha =$ 0<!-- drag -->.

# %%
predict("ridge", "You set α to 0.1. What becomes of κ = 99?", {
    "about 17": "Yes: both curvatures grow by 0.2, so 4.16 and 0.24 are left, and their quotient is 17.3. The small one has grown sixfold, the large one by a twentieth.",
    "99, as before": "The data are as before, and the price is part of the loss: both curvatures grow by 0.2, to 4.16 and 0.24. Their quotient is 17.3.",
    "1": "The price alone is a round bowl. It is added to the valley: 4.16 and 0.24 are left, and their quotient is 17.3. Only a huge α would come near 1, and leave no slope.",
})

# %%
ridge_explorer()

# %% exercise="ridge"
def ridge(theta, X, y, alpha):
    """The mean squared error plus alpha times the sum of the squared slopes, and its gradient: -> number, (n + 1,).

    The prediction for a row x is theta[0] + theta[1:] @ x; theta[0] is the intercept and has no price.

    >>> ridge(np.array([1.0, 2.0]), np.array([[1.0], [3.0]]), np.array([3.0, 7.0]), 0.5)
    (2.0, array([0., 2.]))
    """
    ### BEGIN SOLUTION
    X = np.column_stack([np.ones(len(X)), X])
    error, slopes = X @ theta - y, np.append(0.0, theta[1:])
    return float(np.mean(error**2) + alpha * slopes @ slopes), 2 / len(y) * X.T @ error + 2 * alpha * slopes
    ### END SOLUTION

# %%
X = (X - X.mean(axis=0)) / X.std(axis=0)
H = 2 / len(X) * np.column_stack([np.ones(len(X)), X]).T @ np.column_stack([np.ones(len(X)), X])
for alpha in (0, 0.01, 0.1, 1):
    curved = np.linalg.eigvalsh(H + 2 * alpha * np.diag([0, 1, 1, 1, 1, 1, 1]))
    print(f"alpha = {alpha:<5} condition number {curved[-1] / curved[0]:8.1f}")

# %% [markdown]
# ## An eta that decays
#
# With mini-batches the gradient is noisy, and a constant $\eta$ ends in a cloud around the minimum, the wider the larger $\eta$ is (lesson 9). A small $\eta$ from the start would take long
# to arrive. So begin large and let it fall, for example
#
# $$\eta_t = \frac{\eta_0}{1 + t/\tau}, \qquad t = 0, 1, 2, \dots$$
#
# **As a number.** With $\eta_0 = 0.5$ and $\tau = 20$ the first step has 0.5, step 20 has 0.25, step 180 has 0.05.

# %%
def noisy_descent(eta, steps=4000):
    rng, theta, path = np.random.default_rng(0), 5.0, []
    for t in range(steps):
        theta -= eta(t) * (theta + rng.normal())  # the gradient of theta**2 / 2, with noise
        path.append(theta)
    return np.sqrt(np.mean(np.square(path[-1000:])))


for name, eta in ("0.5", lambda t: 0.5), ("0.01", lambda t: 0.01), ("0.5/(1 + t/20)", lambda t: 0.5 / (1 + t / 20)):
    print(f"eta = {name:15} distance at the end {noisy_descent(eta):.3f}")

# %% [markdown]
# ## How fast may it fall?
#
# Take the same bowl and the same noise, begin at 5 and let $\eta_t = 0.5/(1 + t/4)^q$ fall with a power $q$. In the picture $q$ is 0<!-- drag --> at first: a constant $\eta$.

# %%
predict("decay", "The power is 2: step t has 0.5/(1 + t/4)². After 400 steps, where is θ?", {
    "nearer than with the power 1": "It is farther: 0.417 away in a typical run, where the power 1 ends 0.058 away. All its steps together add up to less than 2.5, and a part of the way is never gone.",
    "stuck on the way": "Yes: 0.379 of the start is left, and it stays. The steps fall so fast that all of them together, without an end, add up to less than 2.5.",
    "in a cloud as wide as with a constant η": "A constant η brings a cloud of 0.577, all of it noise. Here the noise brings 0.174, and more than twice as much is left of the start: it stays on the way.",
})

# %%
decay_explorer()

# %% [markdown]
# ## Two conditions
#
# **In a sentence.** The steps must fall to 0, or the noise stays; and their sum must have no bound, or the way may be too long for them.
#
# **As a formula.** For this bowl both together are enough:
#
# $$\eta_t \to 0, \qquad \sum_{t=0}^{\infty} \eta_t = \infty$$
#
# With the power $q$ that is $0 < q \leq 1$. Robbins and Monro, in 1951, asked for more, $\sum \eta_t^2 < \infty$; then the noise of all steps together has a bounded variance. That is $\frac{1}{2} < q \leq 1$.
#
# **As a number.** With $q = 1$ the sum after $n$ steps grows like $\ln n$: slowly, and beyond every bound. With $q = 2$ and $\tau = 4$ it stays below 2.5.
#
# ## Worked example: a mean, one number at a time
#
# The loss of one number $x$ is $\frac{1}{2}(\theta - x)^2$, its gradient $\theta - x$. Take $\eta_0 = 1$ and $\tau = 1$, so that $\eta_t = 1/(1 + t)$, and begin anywhere. The numbers 4, 8, 3 arrive:
#
# | step $t$ | $\eta_t$ | $x$ | new $\theta$ |
# |---|---|---|---|
# | 0 | 1 | 4 | $\theta - 1 \cdot (\theta - 4) = 4$ |
# | 1 | $\frac{1}{2}$ | 8 | $4 - \frac{1}{2}(4 - 8) = 6$ |
# | 2 | $\frac{1}{3}$ | 3 | $6 - \frac{1}{3}(6 - 3) = 5$ |
#
# Each $\theta$ is the mean of the numbers so far. No constant $\eta$ can do that: below 1 it never quite forgets the start, and with 1 only the last number counts.

# %% exercise="decaying_sgd"
def decaying_sgd(grad, theta, X, eta0, tau):
    """The point after one pass through the examples, one step for each row of X in their order: (n,), (m, n) -> (n,).

    Step t, counted from 0, has the learning rate eta0 / (1 + t/tau).
    grad(theta, x) is the gradient of the loss of one example x, a row of X.

    >>> decaying_sgd(lambda theta, x: theta - x, np.array([7.0]), np.array([[4.0], [8.0], [3.0]]), 1.0, 1.0)
    array([5.])
    """
    ### BEGIN SOLUTION
    for t, x in enumerate(X):
        theta = theta - eta0 / (1 + t / tau) * grad(theta, x)
    return theta
    ### END SOLUTION

# %% [markdown]
# ## Invent it: a step for two parameters
#
# Before you read on: one feature is measured in millimetres and one in kilometres, so the gradient has entries such as 100 and 0.01 in every step. Write a step for both, any way you like.

# %%
g = np.array([100.0, 0.01])
yours = lambda g: ...
yours(g)

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `-0.001 * g` is −0.1 and −0.00001. If the first may not be longer, the second hardly moves.
# - `-g / np.linalg.norm(g)` is about −1 and −0.0001. The arrow has another length and the same direction: the second still hardly moves.
# - `-np.sign(g)` is −1 and −1. Both move, as far near the minimum as far from it, and a gradient that is noisy and near 0 moves them as far as any other.
#
# What is missing is a memory: how large is *usual* for this parameter?
#
# </details>

# %% [markdown]
# ## Predict: a step for each parameter
#
# **Adam** divides the step of each parameter by the usual size of its own gradient. A narrow valley, $\kappa = 400$, lies along the axis of one parameter: with $\eta =$ 0.1<!-- drag --> Adam needs 79 steps, and plain descent
# at its best more than 900. Now the same valley is turned by 45°.

# %%
predict("adam", "How many steps does Adam need in the turned valley?", {
    "several times as many": "Yes: 534 with the same η. In a valley at 45° both parameters have gradients of the same size, and dividing each by its own size changes nothing about the valley.",
    "as many": "Several times as many: turn the valley to 45° and read the steps off. Adam looks at the parameters one by one, and a turned valley shows in none of them alone.",
})

# %%
adam_explorer()

# %% [markdown]
# ## Adam
#
# **In a sentence.** A running mean of the gradient says where to go, a running mean of its square how large a gradient is usual for each parameter.
#
# **As a formula.** With $m_0 = v_0 = 0$, for $t = 1, 2, \dots$, entry by entry:
#
# $$m_t = 0.9\,m_{t-1} + 0.1\,g_t, \qquad v_t = 0.999\,v_{t-1} + 0.001\,g_t^2, \qquad
# \theta_t = \theta_{t-1} - \eta\, \frac{m_t/(1 - 0.9^t)}{\sqrt{v_t/(1 - 0.999^t)} + 10^{-8}}$$
#
# Both means begin at 0 and are too small at first; $1 - 0.9^t$ and $1 - 0.999^t$ correct that.
#
# **As a number.** In the first step $m_1/(1 - 0.9) = g$ and $v_1/(1 - 0.999) = g^2$, so each parameter whose gradient is far above $10^{-8}$ in size moves by $\eta$, however large that gradient is: a feature in other units gets the same step.
#
# **Where it helps, and where not.** Steps with $\eta = 0.1$ until the loss stays below a ten-thousandth, in the explorer's valley:
#
# | method | $\kappa = 10$ | $\kappa = 100$ | $\kappa = 400$ |
# |---|---|---|---|
# | Adam, along the axes | 79 | 79 | 79 |
# | Adam, turned by 45° | 88 | 266 | 534 |
# | heavy ball at its best, turned or not | 12 | 45 | 99 |
#
# Parameters of very different scales are what Adam repairs, and it needs no curvatures for it. What a turn mixes it does not see: there $\kappa$ is back. The heavy ball's best $\eta$ and $\beta$ follow
# from the curvatures, which nobody tells you on a real loss.

# %% exercise="adam_step"
def adam_step(theta, g, m, v, t, eta):
    """One step of Adam: the new theta, m and v, three arrays of theta's shape.

    g is the gradient at theta; m and v are the running means before the step, with 0.9 of the old m and 0.999 of the old v kept.
    t is 1 in the first step.

    >>> adam_step(np.array([1.0]), np.array([4.0]), np.zeros(1), np.zeros(1), 1, 0.5)[0]
    array([0.5])
    """
    ### BEGIN SOLUTION
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    step = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return theta - eta * step, m, v
    ### END SOLUTION

# %% [markdown]
# ## Where losses come from
#
# Why squares, and why $-\ln p$? Both are one idea. A model says how probable each observation is, and the best parameters make the data as probable as possible. The examples are
# independent, so their probabilities multiply; minus the logarithm makes a sum of it, to be made small. That sum, divided by $m$, is the loss, up to a factor that no parameter changes.
#
# | what is observed | the model says | $-\ln$ of it, without what no parameter changes | the loss |
# |---|---|---|---|
# | a number $y$ | $\hat{y}$ plus noise under a bell curve of width $\sigma$, density $\propto e^{-r^2/2\sigma^2}$ with $r = y - \hat{y}$ | $r^2/2\sigma^2$ | mean squared error |
# | a label 0 or 1 | 1 with probability $s$ | $-\ln s$ or $-\ln(1 - s)$ | the two-class loss of lesson 7 |
# | one of $C$ classes | class $k$ with probability $p_k$ | $-\ln p_y$ | softmax cross-entropy |
# | slopes are small beforehand | $\theta_j$ under a bell curve | $\alpha\,\theta_j^2$ | the price of ridge |
#
# **As a number.** A network that gives the right classes of two examples 0.5 and 0.25 makes both together probable with $0.125$; $-\ln 0.125 = 2.079$, and per example 1.040.
#
# Your measurements have many outliers: the density of the noise is $\propto e^{-|r|/b}$. Which loss belongs to it?
#
# - **a** the mean of $r^2$
# - **b** the mean of $|r|$
# - **c** the mean of $-\ln |r|$
# - **d** the largest $|r|$

# %% exercise="which_loss"
def which_loss():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# You know what ridge and Adam do about a narrow valley, and how a decaying $\eta$ ends the noise.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 3: A network for penguins
#
# About {{part_minutes}} minutes.

# %% [markdown] covers="S1.23"
# ## Three species, four measurements
#
# Adelie, Chinstrap or Gentoo? For these three species straight borders would do: scores without a hidden layer reach about 96 % with two measurements of the bill and about
# 99 % with all four. So you know what to expect of a network before you trust it with borders that are not straight, as the two moons below. We use the network of
# lesson 7, with one score for each of $C$ classes:
#
# $$A = \tanh(X W_1 + b_1), \qquad Z = A W_2 + b_2$$
#
# $X$ has one row for each example, $Z$ one column for each class. The softmax turns a row of scores into probabilities $p$, and the loss is the mean of $-\ln p$ of the right
# class. The parameters live in a dict with the keys `"W1"`, `"b1"`, `"W2"`, `"b2"`.
#
# Training repeats three steps: **(1)** forward, from $X$ to the loss; **(2)** backward, from the loss to the gradients; **(3)** gradient descent, a step for every
# parameter. You write each of them, with your functions of lesson 7 if you brought them.
#
# First the start. Weights must be random: hidden units that are equal, on the way in and on the way out, stay equal. They should be of a size that leaves $XW_1$ near 1, where tanh is alive:
# standard deviation $1/\sqrt{n_{in}}$. The output weights are taken ten times smaller than that rule, so that at first hardly any class is preferred.

# %% exercise="init_fnn"
def init_fnn(n_in, n_hidden, n_out, rng):
    """Parameters to start from: a dict of W1 (n_in, n_hidden), b1 (n_hidden,), W2 (n_hidden, n_out), b2 (n_out,).

    W1 is drawn from rng with mean 0 and standard deviation 1/sqrt(n_in), W2 with 0.1/sqrt(n_hidden). Biases are zero.
    """
    ### BEGIN SOLUTION
    return {
        "W1": rng.normal(size=(n_in, n_hidden)) / np.sqrt(n_in),
        "b1": np.zeros(n_hidden),
        "W2": 0.1 * rng.normal(size=(n_hidden, n_out)) / np.sqrt(n_hidden),
        "b2": np.zeros(n_out),
    }
    ### END SOLUTION

# %% exercise="fnn_scores"
def fnn_scores(params, X):
    """The scores of the network: (m, n_in) -> (m, n_out)."""
    ### BEGIN SOLUTION
    hidden = np.tanh(X @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"]
    ### END SOLUTION

# %% [markdown]
# ## Forward and backward
#
# Write `dZ` for the gradient of the loss with respect to the scores. Lesson 7 found it: probabilities minus one-hot labels, divided by $m$. From there it is one rule at a time,
# backwards. Take the largest score off each row before you use `np.exp`; the softmax does not notice, and nothing overflows.

# %% exercise="fnn_loss_and_grads"
def fnn_loss_and_grads(params, X, y):
    """The mean cross entropy and a dict with its gradient for every parameter: (m, n_in), (m,) -> number, dict.

    y holds the classes, whole numbers from 0.
    """
    ### BEGIN SOLUTION
    m = len(y)
    A = np.tanh(X @ params["W1"] + params["b1"])
    Z = A @ params["W2"] + params["b2"]
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    dZ = np.exp(log_p)
    dZ[np.arange(m), y] -= 1
    dZ = dZ / m
    dhidden = dZ @ params["W2"].T * (1 - A**2)  # with respect to X @ W1 + b1
    grads = {"W1": X.T @ dhidden, "b1": dhidden.sum(axis=0), "W2": A.T @ dZ, "b2": dZ.sum(axis=0)}
    return -log_p[np.arange(m), y].mean(), grads
    ### END SOLUTION

# %% exercise="accuracy"
def accuracy(Z, y):
    """The share of examples whose largest score is that of their class y: (m, C), (m,) -> number from 0 to 1.

    >>> accuracy(np.array([[3.0, 1.0], [0.0, 2.0]]), np.array([0, 0]))
    0.5
    """
    ### BEGIN SOLUTION
    return float(np.mean(np.argmax(Z, axis=1) == y))
    ### END SOLUTION

# %% [markdown] covers="S1.23"
# ## The loop
#
# The loop knows nothing of networks. It is given a function that returns the loss and the gradients, a dict of parameters, and data. That is how the same loop
# trains a line, a network, or whatever you write next.

# %% exercise="train_fnn"
def train_fnn(loss_and_grads, params, X, y, eta, n_epochs, batch_size, rng):
    """The trained parameters, and an array of n_epochs + 1 losses over all examples: before training and after each epoch.

    loss_and_grads(params, X, y) gives the mean loss over the rows it gets, and a dict with the gradient of every parameter.
    Each epoch goes once through all examples, in batches of batch_size, in an order drawn from rng. params stays as it is.
    """
    ### BEGIN SOLUTION
    losses = [loss_and_grads(params, X, y)[0]]
    for _ in range(n_epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            batch = order[start:start + batch_size]
            _, grads = loss_and_grads(params, X[batch], y[batch])
            params = {name: value - eta * grads[name] for name, value in params.items()}
        losses.append(loss_and_grads(params, X, y)[0])
    return params, np.array(losses)
    ### END SOLUTION

# %% [markdown]
# ## Look
#
# Train on two moons, two classes that no straight line parts, and watch the border between them; you see it after 20<!-- drag --> epochs at first. Then spoil it: $\eta$ too large, one hidden unit, batches of five. Which of them can you tell from the
# loss curve alone?

# %%
predict("trainer", "All weights start at exactly 0. What does the network learn in all its epochs?", {
    "the moons, only more slowly": "It never learns them. With zero weights all hidden units give 0, and no gradient reaches their weights: the border between the moons does not come.",
    "nothing about where a point lies": "Yes. All hidden units give 0 and get a gradient of 0, so they stay equal forever. Only the last bias can move. Set the scale of the weights to 0 and see.",
    "the moons, only faster": "It never learns them. With zero weights all hidden units give 0, and no gradient reaches their weights. Chance must make them different.",
})

# %%
trainer_explorer()

# %% [markdown]
# ## Your first classifier
#
# Put the parts together. You get a training set and the measurements of unseen penguins, and return their species. Measurements come as they are, in millimetres and grams.
# Two measurements should give 90 % of the unseen penguins, four of them 95 %. The split is a new one each time; near the line several splits decide together.

# %% exercise="penguin_classifier"
def penguin_classifier(X_train, y_train, X_test, rng):
    """The species of the penguins in X_test, learned from X_train and y_train: (m, n), (m,), (k, n) -> (k,)."""
    ### BEGIN SOLUTION
    train, test = standardize(X_train, X_test)
    params = init_fnn(X_train.shape[1], 16, y_train.max() + 1, rng)
    params, _ = train_fnn(fnn_loss_and_grads, params, train, y_train, 0.5, 30, 32, rng)
    return np.argmax(fnn_scores(params, test), axis=1)
    ### END SOLUTION

# %% [markdown]
# ### A place to stop
#
# Your network trains on mini-batches and tells three species of penguins apart.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 4: Digits, and before you trust it
#
# About {{part_minutes}} minutes.

# %% [markdown] covers="S0.22"
# ## Handwritten digits
#
# A picture is a tensor: height × width × channels. These digits are 8 × 8 × 1, grey values from 0 to 16. Our network takes vectors, so each picture is flattened into a row of
# 64 numbers, as in lesson 6. Unflattened again, you can look at it.

# %%
pictures = dataset("digits")
print(pictures["pixels"].shape, "  picture number 4 is a", pictures["digit"][4])
for row in pictures["pixels"][4].reshape(8, 8).astype(int):
    print(" ".join(" .:-=+*#@"[v // 2] for v in row))

# %% [markdown]
# Should you standardise? The pixels have one unit already, and some corner pixels almost never change; dividing by their tiny spread would blow them up. Subtract the mean picture of the
# training set and divide by one number for all. Then aim for 95 % of unseen digits. A few seconds are plenty.

# %% exercise="digit_classifier"
def digit_classifier(X_train, y_train, X_test, rng):
    """The digits in X_test, learned from X_train and y_train: (m, 64), (m,), (k, 64) -> (k,)."""
    ### BEGIN SOLUTION
    mean = X_train.mean(axis=0)
    params = init_fnn(64, 32, 10, rng)
    params, _ = train_fnn(fnn_loss_and_grads, params, (X_train - mean) / 5, y_train, 0.2, 15, 32, rng)
    return np.argmax(fnn_scores(params, (X_test - mean) / 5), axis=1)
    ### END SOLUTION

# %%
rng = np.random.default_rng(10)
order = rng.permutation(1797)
X, y, train, test = pictures["pixels"], pictures["digit"], order[450:], order[:450]
try:
    print("right:", np.mean(digit_classifier(X[train], y[train], X[test], rng) == y[test]))
except NotImplementedError:
    print("write the functions above first")

# %% [markdown]
# ## Before you trust it
#
# A training that goes down is not yet right. The [source](../00_start_here/notation.md), whose network you repaired in lesson 7, multiplied in a slope too many, and its loss fell all the same; it also took the gradient of the sum of the
# losses while it printed their mean, so that its $\eta$ was a hundred times what it seemed. Three cheap tests find such faults:
#
# - **start**: before training, a network that knows nothing gives each of $C$ classes the probability $1/C$, so its loss is $\ln C$: 1.10 for three species, 2.30 for ten digits.
# - **gradient**: the gradients agree with central differences of the loss (lesson 7 calls it gradcheck).
# - **overfit**: a handful of examples can be learned by heart. If not even that works, more data will not help.

# %% exercise="sanity_checks"
def sanity_checks(loss, grad, theta0, n_classes, eta, n_steps):
    """Three tests of a network whose parameters are one vector theta: a dict of truth values.

    "start": loss(theta0) is within 10 % of ln(n_classes).
    "gradient": the relative error (lesson 0) between grad(theta0) and central differences of the loss is below 1e-4.
    "overfit": after n_steps of gradient descent from theta0 with eta the loss is below 0.01.
    A descent that ends with nan has not brought the loss below it.
    """
    ### BEGIN SOLUTION
    h, wanted = 1e-5, np.log(n_classes)
    slopes = np.array([(loss(theta0 + h * e) - loss(theta0 - h * e)) / (2 * h) for e in np.eye(len(theta0))])
    theta, g = theta0, grad(theta0)
    for _ in range(n_steps):
        theta = theta - eta * grad(theta)
    return {
        "start": bool(abs(loss(theta0) - wanted) < 0.1 * wanted),
        "gradient": bool(np.linalg.norm(g - slopes) < 1e-4 * max(np.linalg.norm(g), np.linalg.norm(slopes))),
        "overfit": bool(loss(theta) < 0.01),
    }
    ### END SOLUTION

# %% [markdown]
# Try the first and the third on your own network: twenty penguins, learned by heart.

# %%
X = np.column_stack([birds[name] for name in ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")])
few = np.random.default_rng(0).permutation(len(X))[:20]
try:
    X, _ = standardize(X, X[:1])
    params = init_fnn(4, 16, 3, np.random.default_rng(1))
    print("start:", fnn_loss_and_grads(params, X, birds["species"])[0], " ln 3 =", np.log(3))
    losses = train_fnn(fnn_loss_and_grads, params, X[few], birds["species"][few], 0.5, 200, 20, np.random.default_rng(2))[1]
    print("twenty by heart:", losses[[0, 10, 50, 200]])
except NotImplementedError:
    print("write the functions above first")

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues standardise new data. Both looked at the result: mean about 0, spread about 1. Find a column of training data and a column of new data on which *both* are wrong.

# %% exercise="catch_the_leak"
def catch_the_leak():
    """A pair (train, test) on which both functions above differ from test, standardised with the mean and spread of train.

    They are (m,) and (k,), with entries of at most 1000 in size; train is not all alike.
    """
    ### BEGIN SOLUTION
    return [1.0, 3.0], [4.0, 8.0]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who has not seen this lesson: why may the mean of the test set not be used, although it is only a mean?

# %% [markdown]
# *Your sentence here.*

# %% [markdown] covers="S1.20"
# ## What you can do now
#
# - I can say what standardising does to the bowl, and to the learning rates that work.
# - I can keep a test set out of everything that comes before the end.
# - I can predict from curvatures which learning rate diverges, and find it by trying where I cannot.
# - I can name the three steps of training and write each of them.
# - I have trained a network of my own that reads digits.
# - I know three tests for a training that I do not trust yet.

# %%
progress("10_training")

# %% [markdown]
# Next: [the hunt for errors, and a review](../11_review/11_review.ipynb)
