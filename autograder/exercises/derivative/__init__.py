"""01 The derivative is a limit: how its exercises are judged."""
