"""Grades notebooks of people who may be hostile: the judge is trusted and outside, the notebook runs in a confined child.

Theory of operation. The judge (this package's `grade`, `session`, `remote`) holds everything secret: reference, cases, checks,
points. It starts a zygote, a clean warmed-up Python that holds nothing, inside a sandbox; the zygote forks one confined
child a submission. The child runs the notebook's cells and answers calls over a socket in bounded frames of plain data.
Nothing it says is trusted: its values are compared in the judge, its death is an outcome like any other.
"""
