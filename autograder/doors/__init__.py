"""Doors for machines: one notebook's verdict in a stable format, the forms that other programs read, and judging on several machines."""
