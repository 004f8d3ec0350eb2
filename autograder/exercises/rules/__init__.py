"""01b The rules of differentiation: how its exercises are judged."""
