"""Where the course keeps its files, and how they are read and written."""

import sys

# jsonschema checks one more format, of international addresses, where this can be imported; building its grammar takes 3 s,
# and no notebook needs it
sys.modules.setdefault("rfc3987_syntax", None)
