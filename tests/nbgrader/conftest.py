"""Imports the course before anything imports nbformat: it knows a quicker way."""

import autograder.course  # noqa: F401
