"""What a learner calls in a notebook: check, hint, predict, solution, progress."""
