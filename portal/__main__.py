"""The same command line for a Python that has the packages already: `python -m portal VERB …`."""

import sys

from portal.cli import main

sys.exit(main(sys.argv[1:]))
