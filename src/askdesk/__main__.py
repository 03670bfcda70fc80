"""``python -m askdesk`` is the ``askdesk`` command."""

import sys

from askdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
