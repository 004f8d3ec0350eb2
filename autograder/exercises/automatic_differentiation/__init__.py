"""08 Automatic differentiation: how its exercises are judged."""
