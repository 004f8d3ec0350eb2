"""Formgrader's own pages: students' names are text in them.

nbgrader 0.9.6 renders these pages without escaping, so that a student whose name holds markup or script would have it run in the
teacher's browser. A name comes from a folder, a file or a learning platform, and may be anything. The page of a single
notebook is made by nbconvert; there `viewing.SafeNotebook` does the same.
"""

from __future__ import annotations

import functools
import sys


def escape_names() -> None:
    """Let Formgrader, if this process is its server, escape what it writes into its pages. nbgrader_config.py calls it."""
    server = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if server is not None:
        from jinja2 import Environment

        server.Environment = functools.partial(Environment, autoescape=True)
