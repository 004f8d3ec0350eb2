"""02 Choosing h: how its exercises are judged."""
