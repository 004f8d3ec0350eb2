"""The autograder of *From h to η*: checks what learners wrote and says why a wrong answer is wrong."""

import sys

from .learner.meant import install_did_you_mean
from .learner.notebook import Panel, check, hint, home, mine, predict, progress, reset, solution, today, where
from .shared.datasets import dataset

__version__ = "0.2.0"  # the only place; what it means is in CHANGELOG.md
__all__ = ["Panel", "check", "dataset", "hint", "home", "mine", "predict", "progress", "reset", "solution", "today", "where"]

# only inside a running IPython shell, and without importing IPython where there is none
if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()) is not None:
    install_did_you_mean(_shell)
del sys, install_did_you_mean
