"""Submissions with the verdict that each must get, as compact data: honest, wrong, hostile and broken ones."""
