"""04 The gradient: how its exercises are judged."""
