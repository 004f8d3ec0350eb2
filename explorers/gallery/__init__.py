"""The explorers: each module has one, named like the module or like it with `_explorer` behind it."""
