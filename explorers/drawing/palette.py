"""Colours and strokes: told apart by colour-blind readers, in grey, and on white as well as on black."""

# Okabe and Ito's colours, at least 3:1 on white and on JupyterLab's dark background. Every colour has a stroke or a
# marker of its own, so that no reader depends on colour alone.
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PINK = "#CC79A7"

# A learner's own answer, and nothing else: 4.6:1 on white, 4.1:1 on #111.
PURPLE = "#9D4EDD"

# Axes, letters and the curve itself. In an SVG this becomes `currentColor`, which follows the theme; a PNG cannot, and
# keeps this grey, which has 4.5:1 on white and 4.2:1 on #111.
INK = "#767676"

# The names of matplotlib's line styles, and the same lengths for an SVG, in units of the picture.
DASHES = {"-": None, "--": (8, 4), ":": (2, 4), "-.": (9, 4, 2, 4)}
