"""06 The generalized Jacobian: how its exercises are judged."""
