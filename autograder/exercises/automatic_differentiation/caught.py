"""Catching a mistake: a sweep that overwrites, with a graph of your own."""

from __future__ import annotations

import numpy as np

from autograder.writing import Labels, Reals, catch

from ._lesson import lesson


def overwrites(leaves, steps):
    values, rows = list(leaves), np.array(steps, dtype=int)
    for operation, i, j in rows:
        values.append(values[i] * values[j] if operation else values[i] + values[j])
    slopes = [0.0] * (len(values) - 1) + [1.0]
    for place in reversed(range(len(rows))):
        operation, i, j = rows[place]
        slopes[i] = slopes[place + 2] * (values[j] if operation else 1.0)
        slopes[j] = slopes[place + 2] * (values[i] if operation else 1.0)
    return np.array(slopes[:2])


def truth(leaves, steps):
    """The slopes of the last number in each leaf, by a complex step. Raises `ValueError` for steps that are none."""
    slopes = []
    for unit in np.eye(2):
        values = list(leaves + 1e-30j * unit)
        for operation, i, j in steps.astype(int):
            if operation > 1 or max(i, j) >= len(values):
                raise ValueError("a row is 0 or 1 and two numbers that stand before it")
            values.append(values[i] * values[j] if operation else values[i] + values[j])
        slopes.append(np.imag(values[-1]) / 1e-30)
    return slopes


catch_the_overwriting = lesson.add(
    catch(
        "catch_the_overwriting",
        1,
        "catch a sweep that overwrites, with a graph of your own",
        domains={"leaves": Reals("2", high=100), "steps": Labels("k 3", "number")},
        truth=truth,
        wrong={"overwrites": overwrites},
        alike={
            "each_number_once": (
                ([2.0, 3.0], [[1, 0, 1]]),
                "Each number of your graph is used once, so nothing is overwritten.",
                lambda leaves, steps: np.bincount(steps[:, 1:].astype(int).ravel()).max() <= 1,
            ),
            "a_sum_of_both": (([2.0, 3.0], [[0, 0, 1]]), "Your sum uses each leaf once. A gradient is lost only where two of them arrive."),
            "a_square_at_zero": (([0.0, 3.0], [[1, 0, 0]]), "Two gradients arrive at your leaf, but at 0 both are 0."),
        },
        shown="the slopes",
        hints=(
            "A gradient is overwritten where two arrive. How does a graph make two arrive?",
            "x + x is the shortest one.",
        ),
    )
)
