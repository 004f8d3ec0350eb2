"""09 Gradient descent: how its exercises are judged."""
