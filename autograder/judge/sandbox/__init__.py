"""The sandbox seen from outside: which level holds here, and the process that forks confined children."""
