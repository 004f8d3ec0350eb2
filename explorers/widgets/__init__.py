"""What moves in a notebook: scenes with their controls, layers that are redrawn, stops that the browser has ready."""
