"""07 Backpropagation: how its exercises are judged."""
