"""The course around the engine: text to notebooks, notebooks to nbgrader, verdicts to grades. The only place that knows nbgrader."""

import sys


def _import_jsonschema_quickly() -> None:
    """Import jsonschema without the grammar of international addresses, which takes 3 s to build and which no notebook needs."""
    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # makes its import fail; jsonschema then leaves that one format unchecked
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules["rfc3987_syntax"]


_import_jsonschema_quickly()
