"""03 Partial derivatives: how its exercises are judged."""
