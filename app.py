"""Starts the chat in the browser: ``python app.py`` is ``askdesk serve`` and takes its options."""

import sys

from askdesk.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
