"""All that an author of exercises imports: ``from autograder.writing import Array, Lesson, Miss``. What each is for: docs/authoring.md."""

from ..shared.datasets import dataset
from ..shared.functions import Function
from ..shared.programs.automatic_differentiation import WEIGHTS
from ..shared.values import Seeded
from .bank import (
    ABS,
    CBRT,
    CUBIC,
    EXPSIN,
    MIX3,
    PLANE_WAVE,
    RELU,
    ROSENBROCK,
    RUNGE,
    SEED2,
    SINE,
    X_ABS_X,
    powers_at_zero,
    random_smooth,
    spread,
)
from .callbacks import Analytic, Field, Map, Smooth
from .case import CheckOnly, view
from .catching import catch
from .choices import choice, ordering
from .compare import EPS, EXACT, ITERATED, Tolerance, close, equal_values, numeric, of_scores, roundoff, summed
from .contracts import Anything, Array, Boolean, Integer, Items, Mapping, Text, describe
from .domains import Domain, Sample
from .exercise import Exercise, Lesson, Miss
from .fields import accuracy, along, axis, bends, crests, random_field, slope_along_line, two_digits
from .kinds import BatchSize, Given, Index, Labels, OneOf, Reals, Seed, Step, Together
from .literal import literal
from .properties import best_central, falls_like, observed_order, one_by_one, slope_between, slope_tolerance, step_is_used
