"""What keeps one colour and one stroke in every picture, and in the read-out beside it: the course's symbols."""

from __future__ import annotations

from .palette import BLUE, ORANGE, PURPLE

SECANT = (ORANGE, "--")  # Δy/Δx
TANGENT = (BLUE, "-")  # f′
GRADIENT = (BLUE, "-")  # ∇f, ∇L: an arrow
PATH = (ORANGE, "-")  # θ on its way
FORWARD = (BLUE, "-")  # a pass from the inputs to the outputs
BACKWARD = (ORANGE, "-")  # a sweep from the outputs to the inputs, and what it brings
YOURS = (PURPLE, "-")  # the learner's own answer
