# %% [markdown]
# # 9 · Gradient descent
#
# **The question:** how do you get down a hill if you can only feel its slope?
#
# You stand in fog. Under your feet you feel which way the ground falls, and how steeply. You take a step, feel again, and take
# another. This lesson is about one number in that plan: how long the step should be.
#
# About {{minutes}} minutes · {{points}} points · [notation](../00_start_here/notation.md) · [all lessons](../00_start_here/00_start_here.ipynb)
#
# Each part fits into an evening: {{parts}}.
#
# You need: the gradient (lesson 4), the Hessian (lesson 5), and what backpropagation computes (lesson 7).
#
# You will be able to: run gradient descent, say which step sizes diverge and which is best on a bowl, add momentum, find a step by
# trying, work with mini-batches, and tell a minimum from a saddle.

# %%
import numpy as np
from autograder import check, hint, predict, progress, reset, solution, where
from explorers import eigen_explorer, eta_explorer, landscape_explorer, minibatch_explorer, momentum_map_explorer, valley_explorer

# %% [markdown]
# ## Part 1: Steps down a bowl
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Warm-up
#
# Two questions on the last lessons. Answer from memory; looking it up comes afterwards.
#
# **First.** With your engine of lesson 8 you build a graph, call `backward` on its root, and call it a second time. Nothing is reset in between. The
# gradients of the leaves are now
#
# - **a** the same as after the first call,
# - **b** twice what they were,
# - **c** zero,
# - **d** not there: the second call raises an error.

# %% exercise="recall_accumulation"
def recall_accumulation():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION

# %% [markdown] covers="S1.07"
# **Second.** Backpropagation and gradient descent are often mixed together. Which sentence is right?
#
# - **a** Backpropagation is the update that moves the parameters.
# - **b** Gradient descent needs gradients from backpropagation; others do not work.
# - **c** They are two names for the same thing.
# - **d** Backpropagation computes a gradient; gradient descent takes a step with one.

# %% exercise="recall_two_parts"
def recall_two_parts():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION

# %% [markdown]
# ## Invent it: one step downhill
#
# Before you read on: you stand at $\theta = 3$ on $L(\theta) = \theta^2$ and feel the slope 6. You know nothing else. Where do you go next? Write it with the two
# numbers, any way you like, and think of the steps after that one.

# %%
theta, slope = 3.0, 6.0
yours = ...
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `theta - slope` is −3, where the slope is −6. The next step leads back to 3, and so on for ever.
# - `theta - 0.2 * np.sign(slope)` goes 0.2 each time. It comes to 0.2, then to 0 if all is exact; from $\theta = 2.9$ it ends in jumps between 0.1 and −0.1.
# - `theta + 0.1 * slope` is 3.6: uphill. The slope points to where $L$ grows.
# - `theta - 0.1 * slope` is 2.4, then 1.92: each step leaves 0.8 of the way, and the steps get shorter by themselves.
#
# </details>

# %% [markdown] covers="S1.01 S1.02 S1.04"
# ## The update
#
# **In a sentence.** Subtract from the parameters the learning rate times the gradient of the loss, and repeat.
#
# **As a formula.** For a loss $L$ and parameters $\theta$,
#
# $$\theta_{t+1} = \theta_t - \eta \, \nabla L(\theta_t)$$
#
# - $\theta$ are the **parameters**: all the numbers that may be changed.
# - $\nabla L(\theta_t)$ is the **gradient** of the loss, taken at the present parameters. It has the shape of $\theta$.
# - $\eta$ (say *eta*) is the **learning rate**, one positive number.
#
# **As code.** `parameters = parameters - learning_rate * gradient`
#
# **As a number.** For $L(\theta) = \theta^2$, $\theta_0 = 3$, $\eta = 0.1$: the gradient is 6, and $\theta_1 = 3 - 0.1 \cdot 6 = 2.4$.
#
# The minus sign is there because the gradient points to where the loss grows. The step has the length $\eta \lVert \nabla L \rVert$, not $\eta$:
# it is long on steep ground and short on flat ground.

# %%
theta, eta = 3.0, 0.1
theta - eta * 2 * theta

# %% [markdown] covers="S1.03"
# ## Predict first
#
# One often reads that $\eta$ is how fast we learn. Take the parabola $L(\theta) = 5\theta^2$ and some $\eta$ that works. Now double it.

# %%
predict("eta", "Does the descent arrive in half the number of steps?", {
    "yes, always": "For a small η it does, about. Then it overtakes itself: at η = 0.1 it arrives in one step, and at η = 0.2 it never does.",
    "no, never": "For a small η it does, about: from 0.01 to 0.02 the steps to one millionth go from 132 to 62. At 0.1 it takes one step, at 0.2 it never arrives.",
    "sometimes": "Yes, about half for a small η: from 0.01 to 0.02 the steps to one millionth go from 132 to 62. But at 0.1 it takes one step, and at 0.2 it never arrives.",
})

# %% [markdown]
# ## Look
#
# It begins at $\eta\lambda =$ 0.2<!-- drag -->. Move the slider from left to right. Watch on which side of the minimum each point lands.

# %%
eta_explorer()

# %% [markdown]
# ## Write it
#
# Your function returns the whole path, so that you can look at it afterwards.

# %% exercise="gradient_descent"
def gradient_descent(grad, theta0, eta, n_steps):
    """The points of gradient descent, theta0 first: an array of shape (n_steps + 1, *theta0.shape).

    grad(theta) is the gradient at theta, asked once for each step. theta0 is an array of any shape; it is left as it is.

    >>> gradient_descent(lambda theta: 2 * theta, np.array([3.0]), 0.1, 2)
    array([[3.  ],
           [2.4 ],
           [1.92]])
    """
    ### BEGIN SOLUTION
    theta = np.array(theta0, dtype=float)
    path = [theta]
    for _ in range(n_steps):
        theta = theta - eta * grad(theta)
        path.append(theta)
    return np.array(path)
    ### END SOLUTION

# %% [markdown] covers="S1.03"
# ## Worked example: one dimension
#
# Take $L(\theta) = \frac{1}{2}\lambda\theta^2$ with $\lambda > 0$. The number $\lambda$ is the **curvature**, the second derivative. The minimum is at 0.
#
# | step | line | rule |
# |---|---|---|
# | 1 | $L'(\theta) = \lambda\theta$ | derivative of a square |
# | 2 | $\theta_{t+1} = \theta_t - \eta\lambda\theta_t$ | the update |
# | 3 | $\theta_{t+1} = (1 - \eta\lambda)\,\theta_t$ | factor out |
# | 4 | $\theta_t = (1 - \eta\lambda)^t\,\theta_0$ | the same factor in every step |
#
# Everything is in the factor $1 - \eta\lambda$. For $\lambda = 10$:
#
# | $\eta$ | factor | what happens |
# |---|---|---|
# | 0.05 | 0.5 | goes down steadily: the distance halves |
# | 0.10 | 0 | arrives in one step |
# | 0.15 | −0.5 | jumps across and comes closer: **zig-zag** |
# | 0.20 | −1 | jumps across for ever |
# | 0.21 | −1.1 | jumps ever farther: **diverges** |
#
# So it converges from every start exactly when $\lvert 1 - \eta\lambda\rvert < 1$, that is for $0 < \eta < 2/\lambda$. The learning rate is not a speed. It has a best value and a limit.

# %%
eta = np.array([0.05, 0.10, 0.15, 0.20, 0.21])
np.abs(1 - 10 * eta) ** 20

# %% [markdown]
# ## The same with steps left out: two dimensions
#
# Take the bowl $L(\theta) = \frac{1}{2}(2\theta_1^2 + 8\theta_2^2)$. Fill the gaps on paper.
#
# | step | line |
# |---|---|
# | 1 | $\nabla L(\theta) = (2\theta_1,\; \ldots)$ |
# | 2 | the first component is multiplied by $1 - 2\eta$ in each step, the second by $\ldots$ |
# | 3 | the first converges for $\eta < 1$, the second for $\eta < \ldots$ |
# | 4 | both together converge for $\ldots$ |
#
# <details><summary>Compare</summary>
#
# Line 1: $8\theta_2$. Line 2: $1 - 8\eta$. Line 3: $1/4$. Line 4: $\eta < 1/4$; the steeper direction decides.
#
# </details>

# %% [markdown] covers="S1.01"
# ## Find the slip
#
# The [source](../00_start_here/notation.md) writes the update as $\theta = \theta - \eta \cdot \nabla_\theta$. Two things are wrong with it. Find them before you read on.
#
# <details><summary>Compare</summary>
#
# First, $=$ says that both sides are equal, and then $\eta \nabla = 0$. It is an assignment: the new $\theta$ on the left, the old one on the
# right. That is why we number them, $\theta_{t+1}$ and $\theta_t$, or write $\theta \leftarrow \theta - \eta \nabla L(\theta)$.
#
# Second, $\nabla_\theta$ alone is an operator, like a square root sign with nothing under it. It becomes a vector when it is given a
# function and a point: $\nabla_\theta L(\theta)$.
#
# </details>

# %% [markdown]
# ## Which directions stay?
#
# Before bowls of several dimensions, one question about matrices. Applied to a direction $\mathbf{v}$, a matrix turns it and stretches it. Are there
# directions that it does not turn? Rotate $\mathbf{v}$ below, from 15<!-- drag --> degrees on, until $A\mathbf{v}$ lies on the line of $\mathbf{v}$.

# %%
predict("eigen", "The matrix has the rows (2, 1) and (1, 2). On half a turn of v, how often does Av lie on the line of v?", {
    "never": "Twice. At 45° the two entries of v are equal, and A makes 3 of each: the direction stays. Find the other one.",
    "once": "Once at 45°, and once more. A symmetric matrix of two rows has two such directions at a right angle (or it turns no direction at all). Find the other one.",
    "twice": "Yes, at a right angle to each other: a symmetric matrix of two rows has two such directions, or it turns none at all. Find them.",
})

# %%
eigen_explorer()

# %% [markdown]
# Twice, at a right angle: at 45° and at 135°. There the matrix is as simple as a number: $A\mathbf{v} = \lambda\mathbf{v}$. Such a direction is an
# **eigenvector**, its factor $\lambda$ an **eigenvalue**. For $A = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$:
#
# $$A\begin{pmatrix} 1 \\ 1 \end{pmatrix} = \begin{pmatrix} 3 \\ 3 \end{pmatrix} = 3\begin{pmatrix} 1 \\ 1 \end{pmatrix}, \qquad
# A\begin{pmatrix} 1 \\ -1 \end{pmatrix} = \begin{pmatrix} 1 \\ -1 \end{pmatrix}$$
#
# so the eigenvalues are 3 and 1. The contours in the picture are those of a bowl, $L(\theta) = \frac{1}{2}\theta^\top A\,\theta$. Their axes lie exactly there: narrow where $\lambda$ is
# large. Any start is a sum of such directions, $(4, 2) = 3\,(1, 1) + 1\,(1, -1)$, and gradient descent on this bowl treats each part by itself. NumPy finds them: `eigvalsh` for the values alone, `eigh` for both.

# %%
np.linalg.eigh(np.array([[2.0, 1.0], [1.0, 2.0]]))

# %% [markdown]
# ## Any bowl
#
# **In a sentence.** Every bowl has axes of its own, and along each of them gradient descent is the example in one dimension.
#
# **As a formula.** For a symmetric matrix $A$ with positive eigenvalues let $L(\theta) = \frac{1}{2}\theta^\top A\,\theta$. Its gradient is $A\theta$, its Hessian is $A$.
# The curvatures along its axes are the eigenvalues of $A$. The smallest is called $\lambda_{\min}$, the largest $\lambda_{\max}$:
# that one is the **Lipschitz constant** of the gradient, which books also call $L$. Their ratio is the **condition number**
#
# $$\kappa = \frac{\lambda_{\max}}{\lambda_{\min}} \geq 1$$
#
# **As a picture.** $\kappa = 1$ is a round bowl. $\kappa = 100$ is a valley ten times as long as it is wide.
#
# **As a number.** For curvatures 1 and 10, $\kappa = 10$.

# %% exercise="lipschitz_constant"
def lipschitz_constant(A):
    """The largest curvature of the bowl with the symmetric positive definite matrix A: (n, n) -> number.

    >>> round(lipschitz_constant(np.array([[2.0, 1.0], [1.0, 2.0]])), 12)
    3.0
    """
    ### BEGIN SOLUTION
    return float(np.linalg.eigvalsh(A)[-1])
    ### END SOLUTION

# %% exercise="condition_number"
def condition_number(A):
    """The largest curvature divided by the smallest: (n, n) -> number.

    >>> round(condition_number(np.array([[2.0, 1.0], [1.0, 2.0]])), 12)
    3.0
    """
    ### BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(A)
    return float(curvatures[-1] / curvatures[0])
    ### END SOLUTION

# %% [markdown]
# ## Without taking the steps
#
# Along an eigenvector with eigenvalue $\lambda$ every step multiplies by $1 - \eta\lambda$. So a thousand steps multiply by its thousandth power, and nobody
# has to take them: split the start into its parts, multiply each by its power, add up. For $A$ above, $\eta = 0.1$ and the start $(4, 2)$: after
# $t$ steps it is $3 \cdot 0.7^t\,(1, 1) + 0.9^t\,(1, -1)$. This is the whole reason for everything that follows about $\eta$.

# %% exercise="descent_after"
def descent_after(A, theta0, eta, t):
    """Where gradient descent on the bowl with matrix A is after t steps: (n, n), (n,) -> (n,).

    A is symmetric. The time it takes does not grow with t, which may be millions.

    >>> np.round(descent_after(np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([4.0, 2.0]), 0.1, 2), 6)
    array([2.28, 0.66])
    """
    ### BEGIN SOLUTION
    curvatures, axes = np.linalg.eigh(A)
    return axes @ ((1 - eta * curvatures) ** t * (axes.T @ theta0))
    ### END SOLUTION

# %% [markdown]
# ## How large may eta be?
#
# Every axis has its own factor $1 - \eta\lambda$. Which one is in danger of leaving the interval from −1 to 1 first?
#
# Write the limit: below it every descent on this bowl converges, above it almost every one diverges.

# %% exercise="max_stable_eta"
def max_stable_eta(A):
    """The limit of eta on the bowl with matrix A: (n, n) -> number.

    >>> max_stable_eta(np.diag([1.0, 10.0]))
    0.2
    """
    ### BEGIN SOLUTION
    return 2 / float(np.linalg.eigvalsh(A)[-1])
    ### END SOLUTION

# %% [markdown]
# ## Invent it: an eta for two axes
#
# Before you read on: a bowl has the curvatures 1 and 10. Choose $\eta$. The cell prints what a step leaves of the distance along each axis.

# %%
yours = 0.01
print(1 - yours * np.array([1, 10]))

# %% [markdown]
# <details><summary>Compare</summary>
#
# What counts is the larger of the two in size: that axis is left at the end.
#
# - $\eta = 1/10$ does away with the steep axis in one step, and leaves 0.9 of the flat one each time.
# - $\eta = 2/10$ is the limit: the steep axis jumps from 1 to −1 for ever.
# - $\eta = 1$ would be best for the flat axis. The steep one is multiplied by −9.
# - A bit above 1/10 both are below 0.9 in size: 0.15 leaves 0.85 and −0.5. It goes on getting better for a while; where does it end?
#
# </details>

# %% [markdown]
# ## Which eta is best?
#
# The slowest axis is the one whose factor is largest in size. With a small $\eta$ that is the flattest axis, with a large $\eta$ the steepest.
# Between the two lies an $\eta$ where both are equally slow, $1 - \eta\lambda_{\min} = -(1 - \eta\lambda_{\max})$. It is the best one, because moving $\eta$ makes one of the two slower. The factor there is
#
# $$\frac{\kappa - 1}{\kappa + 1}$$
#
# For $\kappa = 10$ that is $9/11 = 0.818\ldots$: each step leaves 82 % of the distance. For $\kappa = 100$ it leaves 98 %.

# %% exercise="optimal_eta"
def optimal_eta(A):
    """The eta with which the slowest axis of the bowl is as fast as possible: (n, n) -> number.

    >>> optimal_eta(np.diag([1.0, 3.0]))
    0.5
    """
    ### BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(A)
    return 2 / float(curvatures[0] + curvatures[-1])
    ### END SOLUTION

# %% [markdown]
# ## Look: the valley
#
# Set the condition number $\kappa$, then look for the best $\eta$ by hand; it is 0.5<!-- drag --> at first. The ghost shows the best one. Leave $\beta$ at 0 for now; it is the
# next section.

# %%
predict("valley", "Without momentum, each η at its best: how does the number of steps grow from κ = 10 to κ = 100?", {
    "it stays": "It grows about tenfold. The walls hold η below 2/λ of the steepest direction, and the floor of the valley is left with a hundredth of that.",
    "about tenfold": "Yes. The best factor is (κ − 1)/(κ + 1), which leaves about 1 − 2/κ of the distance in each step: the steps grow with κ.",
    "about a hundredfold": "That would be κ squared. The best factor is (κ − 1)/(κ + 1), about 1 − 2/κ, so the steps grow with κ itself: about tenfold.",
})

# %%
valley_explorer()

# %% [markdown]
# ## How fast was it?
#
# On a real loss nobody tells you the curvatures. You can read the factor off the losses. In the long run the slowest direction is all that is left,
# and the distance to the minimum is multiplied by the same factor $q$ in every step. The loss above its minimum goes like the *square* of the distance:
#
# $$L(\theta_{t+1}) - L_{\min} \approx q^2 \,\left( L(\theta_t) - L_{\min} \right)$$
#
# where $L_{\min}$ is the loss at the minimum. At the start other directions still die out, so use the second half of the record.

# %% exercise="convergence_rate"
def convergence_rate(losses):
    """The factor q by which the distance to the minimum shrinks in a step, in the long run.

    losses is an array of L(theta_t) minus the loss at the minimum, for t = 0, 1, 2, ...

    >>> round(convergence_rate(9.0 * 0.25 ** np.arange(20)), 9)
    0.5
    """
    ### BEGIN SOLUTION
    late = losses[len(losses) // 2:]
    slope = np.polyfit(np.arange(len(late)), np.log(late), 1)[0]
    return float(np.exp(slope / 2))
    ### END SOLUTION

# %%
A = np.diag([1.0, 10.0])
try:
    path = gradient_descent(lambda theta: A @ theta, np.array([10.0, 1.0]), optimal_eta(A), 60)
    print("measured:", convergence_rate(0.5 * np.sum(path @ A * path, axis=1)), "  theory:", 9 / 11)
except NotImplementedError:
    print("write gradient_descent, optimal_eta and convergence_rate first")

# %% [markdown]
# ### A place to stop
#
# You know the update, the largest $\eta$ that is stable and the best one, and how the condition number sets the pace.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 2: Momentum, and steps found by trying
#
# About {{part_minutes}} minutes.

# %% [markdown]
# ## Invent it: out of the zigzag
#
# Before you read on: in a long valley the gradient's part across the valley changes its sign in every step, and the part along it is small and always the same. How would you use the
# gradients of earlier steps? Write a velocity, any way you like.

# %%
across, along = np.array([1.0, -1.0, 1.0, -1.0, 1.0]), np.array([0.1, 0.1, 0.1, 0.1, 0.1])
yours = lambda gradients: ...
print(yours(across), yours(along))

# %% [markdown]
# <details><summary>Compare</summary>
#
# Plain descent uses the last one, `gradients[-1]`: 1 and 0.1.
#
# - `np.mean(gradients)` gives 0.2 and 0.1. What changes its sign cancels; what stays is no faster than before.
# - `np.sum(gradients)` gives 1 and 0.5. What stays grows, with every step and without end: nothing brakes, and at the minimum this ball rolls on.
# - A sum that forgets, $0.5$ of the old velocity plus the new gradient, gives 0.6875 and 0.19375. Along the valley it comes up to twice the gradient, and no farther.
#
# </details>

# %% [markdown]
# ## Momentum: a heavy ball
#
# In a long valley gradient descent crosses from side to side and hardly moves along the floor. A heavy ball does better: what pushes it
# from side to side cancels, what pushes it along the valley adds up.
#
# **In a sentence.** Keep a velocity: a part $\beta$ of the last one, minus the new gradient step. Move by the velocity.
#
# **As a formula.** From rest, $v_0 = 0$,
#
# $$v_{t+1} = \beta\, v_t - \eta\, \nabla L(\theta_t), \qquad \theta_{t+1} = \theta_t + v_{t+1}$$
#
# with $0 \leq \beta < 1$. With $\beta = 0$ it is gradient descent.
#
# **As a number.** For $L = \theta^2$, $\theta_0 = 3$, $\eta = 0.1$, $\beta = 0.5$: $v_1 = -0.6$ and $\theta_1 = 2.4$, then $v_2 = -0.3 - 0.48 = -0.78$ and $\theta_2 = 1.62$.

# %% exercise="momentum"
def momentum(grad, theta0, eta, beta, n_steps):
    """The points of a heavy ball that starts at theta0 at rest: shape (n_steps + 1, *theta0.shape).

    >>> momentum(lambda theta: 2 * theta, np.array([3.0]), 0.1, 0.5, 2)
    array([[3.  ],
           [2.4 ],
           [1.62]])
    """
    ### BEGIN SOLUTION
    theta, v = np.array(theta0, dtype=float), np.zeros(np.shape(theta0))
    path = [theta]
    for _ in range(n_steps):
        v = beta * v - eta * grad(theta)
        theta = theta + v
        path.append(theta)
    return np.array(path)
    ### END SOLUTION

# %% [markdown]
# Momentum moves the limit too; the section on one matrix shows why. On a bowl the ball is stable exactly for $\eta < 2(1+\beta)/\lambda_{\max}$. With the best $\eta$ and $\beta$,
#
# $$\eta = \frac{4}{(\sqrt{\lambda_{\max}} + \sqrt{\lambda_{\min}})^2}, \qquad \beta = \left(\frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}\right)^2$$
#
# the factor comes close to $(\sqrt{\kappa} - 1)/(\sqrt{\kappa} + 1)$ after many steps: the square root of $\kappa$ where $\kappa$ stood before. For $\kappa = 100$ that is $9/11$ instead
# of $99/101$. From (10, 1) to a distance of one millionth it takes 97 steps instead of 807. Go back to the valley and try it with $\beta$.

# %%
grad = lambda theta: np.array([1.0, 100.0]) * theta
try:
    plain = gradient_descent(grad, np.array([10.0, 1.0]), 2 / 101, 1000)
    ball = momentum(grad, np.array([10.0, 1.0]), 4 / 11**2, (9 / 11) ** 2, 1000)
    for name, path in ("plain", plain), ("heavy ball", ball):
        print(name, np.argmax(np.linalg.norm(path, axis=1) < 1e-6), "steps")
except NotImplementedError:
    print("write gradient_descent and momentum first")

# %% [markdown]
# ## Predict again
#
# A ball on an axis with $\eta\lambda = 1$ has the momentum $\beta = 0.5$. You raise it to 0.9.

# %%
predict("momentum_map", "When does the ball come to rest now?", {
    "later": "Yes. Between the green lines a step leaves the root of β: 0.949 instead of 0.707. More momentum than needed swings longer.",
    "sooner": "Later. Look at the point (1, 0.5) of the map and then at (1, 0.9): the blue fades. Between the green lines a step leaves the root of β.",
})

# %% [markdown]
# ## Momentum, from one matrix of two rows
#
# On an axis with curvature $\lambda$ the gradient is $\lambda\theta$, and the velocity is the last displacement, $\theta_t - \theta_{t-1}$. So
#
# $$\theta_{t+1} = \theta_t + \beta\,(\theta_t - \theta_{t-1}) - \eta\lambda\,\theta_t
# \qquad\text{or}\qquad
# \begin{pmatrix} \theta_{t+1} \\ \theta_t \end{pmatrix} = \begin{pmatrix} 1 + \beta - \eta\lambda & -\beta \\ 1 & 0 \end{pmatrix} \begin{pmatrix} \theta_t \\ \theta_{t-1} \end{pmatrix}.$$
#
# One matrix $M$, applied in every step. What it does in the long run its eigenvalues tell, the two roots of $z^2 - (1 + \beta - \eta\lambda)\,z + \beta = 0$.
# The larger of their sizes is the **spectral radius**: what a step leaves of the distance, in the long run.
#
# **As a number.** $\eta\lambda = 1$, $\beta = 0.5$: $\;z^2 - 0.5z + 0.5 = 0$, so $z = 0.25 \pm 0.661\,i$, of size $\sqrt{0.5} = 0.707$.

# %% exercise="momentum_matrix"
def momentum_matrix(eta, lam, beta):
    """The matrix that takes (theta_t, theta_(t-1)) to (theta_(t+1), theta_t) on an axis with curvature lam: (2, 2).

    eta, lam and beta are numbers; the ball is that of momentum.

    >>> momentum_matrix(0.5, 2.0, 0.5)
    array([[ 0.5, -0.5],
           [ 1. ,  0. ]])
    """
    ### BEGIN SOLUTION
    return np.array([[1 + beta - eta * lam, -beta], [1.0, 0.0]])
    ### END SOLUTION

# %% exercise="momentum_rate"
def momentum_rate(eta, lam, beta):
    """The spectral radius of the heavy ball's matrix: the larger size of its two eigenvalues.

    lam is a number or an array of curvatures; the answer has the shape of lam.

    >>> round(float(momentum_rate(0.5, 2.0, 0.25)), 9)
    0.5
    """
    ### BEGIN SOLUTION
    trace = 1 + beta - eta * np.asarray(lam, dtype=float)
    root = np.sqrt(trace**2 - 4 * beta + 0j)
    return np.maximum(abs(trace + root), abs(trace - root)) / 2
    ### END SOLUTION

# %% [markdown]
# ## Look: the map
#
# The plane below has $\eta\lambda$ to the right and $\beta$ upward; the bluer, the smaller the spectral radius. A bowl with many curvatures is a stretch of a level
# line, from $\eta\lambda_{\min}$ (floor) to $\eta\lambda_{\max}$ (walls), and its slower end counts. Choose $\kappa$, then find the place where the slower end is fastest; you begin at $\eta\lambda_{\max} =$ 1<!-- drag -->.

# %%
momentum_map_explorer()

# %% [markdown]
# ## What the map says
#
# The product of the two roots is $\beta$. That decides all:
#
# - **Between the green lines** the roots are a complex pair, so both have the size $\sqrt\beta$, wherever $\eta\lambda$ is. The green lines are where
#   $(1 + \beta - \eta\lambda)^2 = 4\beta$, that is $\eta\lambda = (1 - \sqrt\beta)^2$ and $\eta\lambda = (1 + \sqrt\beta)^2$.
# - **Outside** the roots are real and not equal. Their product is $\beta$, so one of them is larger than $\sqrt\beta$ in size: slower.
# - **The limit** is where a root is $-1$: $1 + (1 + \beta - \eta\lambda) + \beta = 0$, so $\eta\lambda = 2(1 + \beta)$. With $\beta = 0$ it is the old $2/\lambda$.
# - **The best choice** has all of the bowl just between the lines: $\eta\lambda_{\min} = (1 - \sqrt\beta)^2$ and $\eta\lambda_{\max} = (1 + \sqrt\beta)^2$. Divide:
#   $\sqrt\kappa = \dfrac{1 + \sqrt\beta}{1 - \sqrt\beta}$, so $\sqrt\beta = \dfrac{\sqrt\kappa - 1}{\sqrt\kappa + 1}$.
#
# At the best choice both ends stand *on* the lines, where the two roots are equal. Then the distance goes like $t\,\sqrt\beta^{\,t}$, and the extra $t$ is why the ball
# took 97 steps above and not the 81 that $\sqrt\beta = 9/11$ alone would take.
#
# Which sentence about the part between the green lines is true?
#
# - **a** There a larger $\beta$ is faster.
# - **b** There the ball goes to the minimum without crossing it.
# - **c** There the ball diverges as soon as $\eta\lambda > 2$.
# - **d** There a slightly larger $\eta$ changes nothing about the rate in the long run.

# %% exercise="between_the_lines"
def between_the_lines():
    """One letter: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION

# %% [markdown]
# ## Invent it: a step that is good enough
#
# Before you read on: you may try a step and look at the loss before and after. When do you keep it? Write a condition, any way you like.

# %%
yours = lambda before, after, eta, slope: ...
print(yours(4.0, 2.25, 0.875, 4.0), yours(1.0157, 1.0078, 0.998, -2.016))

# %% [markdown]
# <details><summary>Compare</summary>
#
# - `after < before`, any gain at all, keeps both. On $L = \theta^2$ these are steps of one descent, from 2 to −1.5, to 1.25, to −1.125 and so on. The loss falls in every one of them, and
#   never below 1: the path ends in jumps between 1 and −1.
# - `after < 0.9 * before` keeps the first and not the second. That works for this $L$, whose minimum is 0; for $L = \theta^2 + 100$ it keeps neither, however short the step.
# - A gain in proportion to the step and to the slope, `after < before - 0.1 * eta * slope**2`, does not ask how high the loss is.
#
# </details>

# %% [markdown]
# ## Find the step by trying
#
# Most losses are no bowls; their curvature changes from place to place. The banana-shaped valley of Rosenbrock,
# $f(x, y) = (1 - x)^2 + 100(y - x^2)^2$, started at $(-1.2, 1)$, is a hard case. With $\eta = 0.001$ a thousand steps lead to $f = 0.45$. With $\eta = 0.01$ it
# diverges within five steps.
#
# **In a sentence.** Start with a long step and shorten it until the loss falls enough.
#
# **As a formula.** With $g = \nabla f(\theta)$ the first of $\eta_0,\; \rho\eta_0,\; \rho^2\eta_0, \ldots$ for which
#
# $$f(\theta - \eta g) \leq f(\theta) - c\,\eta\,\lVert g\rVert^2$$
#
# Read the right side as a line that falls with $\eta$: its slope is a small part $c$ of what the gradient promises, $\lVert g\rVert^2$. Any decrease at
# all would not do: you have seen steps that gain less and less for ever.

# %% exercise="backtracking_line_search"
def backtracking_line_search(f, grad, theta, eta0, c=1e-4, rho=0.5):
    """The first of eta0, rho*eta0, rho**2*eta0, ... that lowers f enough from theta along -grad(theta): a number.

    theta is an array of any shape. Its gradient is asked once.

    >>> backtracking_line_search(lambda x: x @ x, lambda x: 2 * x, np.array([3.0]), 4.0)
    0.5
    """
    ### BEGIN SOLUTION
    g, height = grad(theta), f(theta)
    gain = c * np.sum(g * g)
    eta = eta0
    while f(theta - eta * g) > height - eta * gain:
        eta = rho * eta
    return eta
    ### END SOLUTION

# %% [markdown]
# A thousand steps with your search, from the same start. It arrives at $f = 0.00075$, six hundred times lower, and never diverges. That has a price: 10 833 values of
# $f$, about eleven for each step. A fixed $\eta = 0.001$ may take ten thousand steps for that, and then it stands at $0.00006$, lower still. What the search saves you is finding the $0.001$.

# %%
f = lambda x: (1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2
grad = lambda x: np.array([-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0]**2), 200 * (x[1] - x[0]**2)])
x = np.array([-1.2, 1.0])
try:
    for _ in range(1000):
        x = x - backtracking_line_search(f, grad, x, 1.0) * grad(x)
    print("f =", f(x), "at", x)
except NotImplementedError:
    print("write backtracking_line_search first")

# %% [markdown]
# ### A place to stop
#
# You know what momentum does to a valley and why, and how a step can be found without knowing any curvature.
#
# Another day, {{resume}}

# %% [markdown]
# ## Part 3: Mini-batches, and where descent ends
#
# About {{part_minutes}} minutes.

# %% [markdown] covers="S0.05"
# ## Many examples: mini-batches
#
# The loss of a task is a mean over its $m$ examples. For a regression with predictions $\hat{y}^{(i)}$ it is the mean squared error
#
# $$L(\theta) = \frac{1}{m}\sum_{i=1}^m \left(y^{(i)} - \hat{y}^{(i)}(\theta)\right)^2$$
#
# and its gradient is a mean of $m$ gradients. With a million examples that is a million gradients for one step. A **mini-batch** is a small random
# part of the examples; the mean over it is a noisy guess of the gradient, and a cheap one. A pass through all batches is an **epoch**.
#
# Watch what the size of the batch and $\eta$, which is 0.3<!-- drag --> at first, do to the noise.

# %%
predict("minibatch", "Batches get four times as large, η stays. What happens to the cloud in which the steps end up wandering about the minimum?", {
    "it shrinks": "Yes: a mean over four times as many examples is half as noisy, so the cloud is about half as wide, or less.",
    "it stays": "A mean over four times as many examples is half as noisy, so the cloud gets about half as wide, or less.",
    "it grows": "The steps are as long as before, and their noise is smaller: a mean over four times as many examples is half as noisy. The cloud shrinks.",
})

# %%
minibatch_explorer()

# %% [markdown]
# ## Cut the data
#
# Every example belongs to exactly one batch of the epoch. The order is random and a new one in each epoch. Randomness is an argument here: the generator
# `rng` comes from outside, so that a run can be repeated.

# %% exercise="minibatches"
def minibatches(m, batch_size, rng):
    """Random batches of the indices 0 to m - 1: a list of arrays, each of batch_size indices, the last one maybe fewer.

    >>> [len(batch) for batch in minibatches(7, 3, np.random.default_rng(0))]
    [3, 3, 1]
    """
    ### BEGIN SOLUTION
    order = rng.permutation(m)
    return [order[start:start + batch_size] for start in range(0, m, batch_size)]
    ### END SOLUTION

# %% exercise="sgd_epoch"
def sgd_epoch(grad, theta, X, y, eta, batches):
    """The parameters after one step for each batch: an array of theta's shape.

    grad(theta, X, y) is the gradient of the mean loss over the examples it is given: the rows of X, the entries of y.
    batches is a list of arrays of indices, as minibatches returns it.
    """
    ### BEGIN SOLUTION
    for batch in batches:
        theta = theta - eta * grad(theta, X[batch], y[batch])
    return theta
    ### END SOLUTION

# %% [markdown]
# ## The whole from its parts
#
# If all batches are equally large, the mean of their gradients, all at the same $\theta$, is the gradient of the whole loss. If the last one is shorter, it is not: seven examples in batches
# of 3, 3 and 1 would give the last example three times the say of the others.

# %% exercise="combine_batches"
def combine_batches(gradients, sizes):
    """The gradient of the mean loss over all examples: (k, ...) and (k,) -> (...).

    gradients[b] is the gradient of the mean loss over batch b, sizes[b] the number of its examples.

    >>> combine_batches(np.array([[3.0], [6.0]]), np.array([2, 1]))
    array([4.])
    """
    ### BEGIN SOLUTION
    return np.einsum("b,b...->...", sizes / np.sum(sizes), gradients)
    ### END SOLUTION

# %% [markdown] covers="S1.03"
# ## Where it ends
#
# The source says that the update leads to "good local or global minima". Look at four landscapes, after 20<!-- drag --> steps at first, and see where it leads. Their directions are called $x$ and $z$.

# %%
predict("landscape", "Start on a saddle, exactly on the ridge from which all ways fall off to the sides. Where does plain gradient descent lead?", {
    "to a minimum": "There is none on the saddle x² − z². On the ridge the gradient points along the ridge alone, so the path ends in the saddle point, which is no minimum.",
    "into the saddle point": "Yes. On the ridge the gradient has no part to the sides. The path stops where the gradient is zero, and that is no minimum.",
    "down one of the sides": "A part of the gradient to the side would take it there, and exactly on the ridge there is none. The least push aside is enough, after a while.",
})

# %%
landscape_explorer()

# %% [markdown]
# What you have seen, in numbers:
#
# - On the saddle $x^2 - z^2$ with $\eta = 0.1$, from $(1, 0)$, a hundred steps lead to $x = 2\cdot 10^{-10}$, $z = 0$: it is stuck where the gradient is zero, and that is no minimum.
# - From $(1, 10^{-12})$, almost the same place, it has left after two hundred steps: $z = 6.9\cdot 10^3$. Saddles repel, but slowly.
# - Our old friend $2x^3 + 5$ has no minimum at all. With $\eta = 0.1$, from 0.5 it creeps towards the flat point 0. From −0.1 it falls without end.

# %% [markdown]
# ## Invent it: what kind of place
#
# Before you read on: $f(x, y) = \frac{1}{2}(x^2 + 4xy + y^2)$ has the gradient zero at $(0, 0)$ and the Hessian `H`. Is it a minimum? Write how you would find out, any way you like.

# %%
H = np.array([[1.0, 2.0], [2.0, 1.0]])
yours = ...
yours

# %% [markdown]
# <details><summary>Compare</summary>
#
# It is a saddle.
#
# - **The diagonal** is positive: along $x$ and along $y$ it goes up. Between them, along $(1, -1)$, $f$ is $-x^2$ and goes down.
# - **The trace**, 2, is positive, and says only that the curvatures are so on average.
# - **The determinant**, −3, is negative, and with two variables that does mean a saddle. With four, two directions down and two up have a positive one.
# - **The eigenvalues**, 3 and −1, are the curvatures themselves.
#
# </details>

# %% [markdown]
# A gradient of zero tells you that you have stopped, not where. The Hessian tells more: its eigenvalues are the curvatures.

# %% exercise="classify_critical_point"
def classify_critical_point(H, tol=1e-8):
    """What a point with zero gradient and the symmetric Hessian H is: (n, n) -> text.

    Curvatures of size tol or less count as flat.
    "minimum": all curvatures are positive. "maximum": all are negative.
    "saddle": some are positive and some are negative. "degenerate": none of these; H does not tell.

    >>> classify_critical_point(np.diag([2.0, -2.0]))
    'saddle'
    """
    ### BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(H)
    up, down = np.any(curvatures > tol), np.any(curvatures < -tol)
    if up and down:
        return "saddle"
    if np.any(np.abs(curvatures) <= tol):
        return "degenerate"
    return "minimum" if up else "maximum"
    ### END SOLUTION

# %% [markdown] covers="S1.07"
# ## Four gradients, one descent
#
# Gradient descent does not ask where its gradient comes from. Take the mean squared error of a linear model, $L(\theta) = \frac{1}{m}\lVert X\theta - \mathbf{y}\rVert^2$, and compute
# its gradient in four ways:
#
# - **formula**: $\frac{2}{m}X^\top(X\theta - \mathbf{y})$, worked out in lesson 4;
# - **differences**: central difference quotients, one direction at a time (lessons 2 and 4);
# - **complex**: the complex step (lesson 2), one direction at a time;
# - **backward**: the errors $\mathbf{e} = X\theta - \mathbf{y}$ forward, then the gradient with respect to $\mathbf{e}$, then from $\mathbf{e}$ to $\theta$ (lesson 7).

# %% exercise="gradient_sources"
def gradient_sources(X, y):
    """Four functions of theta that give the gradient of mean((X @ theta - y)**2): a dict.

    The keys are "formula", "differences", "complex" and "backward". X has shape (m, n), y has shape (m,).
    All four give the same numbers, and these alone are judged: differences to six digits, the others to eleven.
    """
    ### BEGIN SOLUTION
    m, n = X.shape
    loss = lambda theta: np.mean((X @ theta - y) ** 2)
    return {
        "formula": lambda theta: 2 / m * X.T @ (X @ theta - y),
        "differences": lambda theta: np.array([(loss(theta + 1e-5 * e) - loss(theta - 1e-5 * e)) / 2e-5 for e in np.eye(n)]),
        "complex": lambda theta: np.array([loss(theta + 1e-20j * e).imag / 1e-20 for e in np.eye(n)]),
        "backward": lambda theta: (2 * (X @ theta - y) / m) @ X,
    }
    ### END SOLUTION

# %% [markdown]
# Now descend with each of them. The paths agree to many digits. Backpropagation is one way to get a gradient, and for a network with many parameters it is far cheaper than differences; it is
# not part of gradient descent.

# %%
rng = np.random.default_rng(9)
X = rng.normal(size=(30, 3))
y = X @ np.array([1.0, -2.0, 0.5]) + 0.1 * rng.normal(size=30)
try:
    for name, grad in gradient_sources(X, y).items():
        print(f"{name:12}", gradient_descent(grad, np.zeros(3), 0.1, 100)[-1])
except NotImplementedError:
    print("write gradient_sources and gradient_descent first")

# %% [markdown]
# ## Find the wrong line
#
# Four notes on $\theta_{t+1} = \theta_t - \eta\nabla L(\theta_t)$, from somebody's notebook. One of them is wrong.
#
# - **a** The gradient has the shape of the parameters, whatever that is.
# - **b** The gradient is taken at $\theta_t$ for all components; none of them uses a component of $\theta_{t+1}$.
# - **c** $\eta$ says how fast we learn: twice the $\eta$ needs half the steps.
# - **d** Where $\nabla L(\theta_t) = 0$ nothing moves any more, be it a minimum, a maximum or a saddle.

# %% exercise="wrong_note"
def wrong_note():
    """The letter of the wrong line: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION

# %% [markdown]
# ## Read five curves
#
# Five descents have written down their losses. Which cause made which curve?
#
# | step | A | B | C | D | E |
# |---|---|---|---|---|---|
# | 0 | 1.375 | 13.0 | 13.0 | 13.0 | 13.0 |
# | 5 | 0.371 | 13.7 | 11.9 | 1.75 | 6.67 |
# | 10 | 0.263 | 33.7 | 11.0 | 0.235 | 0.345 |
# | 20 | 0.249 | 226 | 9.61 | 0.00425 | 4.22 |
# | 30 | 0.224 | 1520 | 8.58 | 0.0000767 | 0.621 |
# | 40 | 0.0148 | 10200 | 7.81 | 0.00000139 | 1.10 |
# | 60 | 0.0000000000477 | 464000 | 6.73 | 0.000000000453 | 0.218 |
#
# | cause | what it is |
# |---|---|
# | 1 | $\eta$ is far too small |
# | 2 | $\eta$ is close to the best |
# | 3 | $\eta$ is above the limit |
# | 4 | a heavy ball with $\beta$ close to 1 |
# | 5 | the start lies beside a saddle |

# %% exercise="diagnose_curves"
def diagnose_curves():
    """The causes of A, B, C, D and E in this order, as one string of five digits such as "12345"."""
    ### BEGIN SOLUTION
    return "53124"
    ### END SOLUTION

# %% [markdown]
# ## Catch the mistake
#
# Two colleagues compute the gradient over all examples from the gradients of the batches (one parameter, so each is a number). Both tried it on batches. Find batches on which *both* are wrong.

# %% exercise="catch_the_last_batch"
def catch_the_last_batch():
    """A pair (gradients, sizes) on which both functions above differ from the gradient of the mean loss over all examples.

    Both are (k,): numbers of at most 100 in size, and whole numbers from 1 to 100.
    """
    ### BEGIN SOLUTION
    return [1.0, 3.0], [2, 1]
    ### END SOLUTION

# %% [markdown]
# ## Explain it in one sentence
#
# Write for somebody who has not seen this lesson: why does a larger learning rate not simply learn faster?

# %% [markdown]
# *Your sentence here.*

# %% [markdown] covers="S1.20"
# ## What you can do now
#
# - I can write the update, and say what $\theta$, $\eta$ and $\nabla L(\theta)$ are.
# - I can say for which $\eta$ a descent on a bowl converges, and which $\eta$ is best.
# - I can explain the condition number with a picture, and what momentum does about it.
# - I can find a step by trying, and say what "enough" means.
# - I can cut data into mini-batches and put their gradients together again.
# - I can tell a minimum from a saddle, and backpropagation from gradient descent.

# %%
progress("09_gradient_descent")

# %% [markdown]
# Next: [train a network on real data](../10_training/10_training.ipynb)
