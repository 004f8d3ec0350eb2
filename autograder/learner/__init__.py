"""What a learner calls in a notebook: check, hint, solution, progress."""
