"""10 Training on real data: how its exercises are judged."""
