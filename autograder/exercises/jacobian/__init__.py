"""05 The Jacobian: how its exercises are judged."""
