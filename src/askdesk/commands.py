"""The commands that messages tell a person to run, so that each acts on the store the message is about."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT_STORE = "vectorstore"
"""The folder of the store where none is named, relative to the working directory."""

STORE_VARIABLE = "ASKDESK_STORE"
"""The environment variable that names another default."""


def command(store: Path, *words: str, chroma: str | None = None) -> str:
    """Returns the command line ``askdesk WORDS`` for ``store``, whose vectors are on the server ``chroma`` if given.

    ``--store`` is left out for the store that the command line takes by itself.
    """
    options: list[str] = []
    if os.environ.get(STORE_VARIABLE) or store.absolute() != Path(DEFAULT_STORE).absolute():
        options += ["--store", str(store)]
    if chroma is not None:
        options += ["--chroma", chroma]
    return " ".join(_quoted(word) for word in ("askdesk", *words, *options))


def _quoted(word: str) -> str:
    return f'"{word}"' if not word or any(char.isspace() for char in word) else word
