"""`python -m reportedly.gazetteer [FILE]` builds the gazetteer; says nothing when it went well."""

import sys
from pathlib import Path

from reportedly.gazetteer import build

build(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
