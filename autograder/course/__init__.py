"""The course around the engine: text to notebooks, notebooks to nbgrader, verdicts to grades. The only place that knows nbgrader."""

import sys

# jsonschema checks one more format, of international addresses, where this can be imported; building its grammar takes 3 s,
# and no notebook needs it
sys.modules.setdefault("rfc3987_syntax", None)
