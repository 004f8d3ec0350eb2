"""Wrong answers whose wrong line is known, because each is a right answer with one slip: lines marked # slip, or # before for one that is missing."""

from __future__ import annotations

import textwrap

# by name: (exercise, code)
SLIPS = {
    "brackets": ("backward_difference", """
        def backward_difference(f, x, h):
            behind = f(x - h)
            rise = f(x) - behind
            return rise / 2 * h * 2  # slip
        """),
    "operator": ("gradient", """
        def gradient(f, x, h=None):
            x = np.array(x, float)
            if np.ndim(f(x)):
                raise ValueError
            g = np.zeros(x.shape)
            for i in np.ndindex(x.shape):
                s = np.cbrt(np.finfo(float).eps) * max(1, abs(x[i])) if h is None else h
                up, down = x.copy(), x.copy()
                up[i] += s
                down[i] -= s
                g[i] = (f(up) - f(down)) / (2 + s)  # slip
            return g
        """),
    "missing_absolute_value": ("partial_derivative", """
        def partial_derivative(f, x, i, h=None):
            x = np.array(x, float)
            if h is None:
                h = 6e-6 * max(1, x[i])  # slip
            up, down = x.copy(), x.copy()
            up[i] += h
            down[i] -= h
            return (f(up) - f(down)) / (2 * h)
        """),
    "missing_copy": ("partial_derivative", """
        def partial_derivative(f, x, i, h=None):
            x = np.array(x, float)
            if h is None:
                h = 6e-6 * max(1, abs(x[i]))
            up = x  # slip
            up[i] += h
            height = f(up)
            down = x.copy()
            down[i] -= h
            return (height - f(down)) / (2 * h)
        """),
    "transposed": ("linear_backward", """
        def linear_backward(dY, cache):
            X, W = cache
            dX = dY @ W.T
            dW = (X.T @ dY).T  # slip
            return dX, dW, dY.sum(axis=0)
        """),
    "axis": ("linear_backward", """
        def linear_backward(dY, cache):
            X, W = cache
            db = dY.sum(axis=1)  # slip
            return dY @ W.T, X.T @ dY, db
        """),
    "range": ("gradient_descent", """
        def gradient_descent(grad, theta0, eta, n_steps):
            path = [np.array(theta0, float)]
            for _ in range(n_steps - 1):  # slip
                path.append(path[-1] - eta * grad(path[-1]))
            return np.array(path)
        """),
    "instead_of_plus_equals": ("backward", """
        def backward(root):
            order = topological_order(root)
            for node in order:
                if node.parents:
                    node.grad = 0.0
            root.grad = root.grad + 1.0
            for node in reversed(order):
                for parent, piece in zip(node.parents, node.pull(node.grad)):
                    parent.grad = piece  # slip
        """),
    "return_inside_the_loop": ("gradient_descent", """
        def gradient_descent(grad, theta0, eta, n_steps):
            path = [np.array(theta0, float)]
            for _ in range(n_steps):
                path.append(path[-1] - eta * grad(path[-1]))
                return np.array(path)  # slip
        """),
    "missing_test": ("slope_along", """
        def slope_along(f, x, v):
            u = v / np.linalg.norm(v)  # before
            return gradient(f, x) @ u
        """),
    "two_slips": ("gradient_descent", """
        def gradient_descent(grad, theta0, eta, n_steps):
            path = [np.array(theta0, float)]
            for _ in range(n_steps + 1):  # slip
                path.append(path[-1] + eta * grad(path[-1]))  # slip
            return np.array(path)
        """),
}  # fmt: skip


def slip(name: str) -> tuple[str, str, set[int]]:
    """The exercise, the code and its wrong lines, without the comments that mark them."""
    exercise, code = SLIPS[name]
    code = textwrap.dedent(code).strip() + "\n"
    lines = code.splitlines()
    wrong = {k for k, line in enumerate(lines, 1) if "# slip" in line or "# before" in line}
    return exercise, "\n".join(line.partition("  #")[0] for line in lines) + "\n", wrong
