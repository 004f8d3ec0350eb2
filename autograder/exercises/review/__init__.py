"""11 Review: how its exercises are judged."""
