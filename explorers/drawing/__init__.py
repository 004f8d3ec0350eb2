"""Pictures from plain data: charts at known pixels, and the pieces that are drawn on matplotlib and on SVG alike."""
