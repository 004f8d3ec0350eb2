"""00 Start here: how its exercises are judged."""
