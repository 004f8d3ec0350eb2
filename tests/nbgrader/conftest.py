"""Imports the course before anything imports nbformat: it knows a quicker way."""

import autograder.files  # noqa: F401
