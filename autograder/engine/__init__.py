"""Judges one answer to one exercise and says why it is wrong. It knows no sandbox, no Jupyter and no files."""
