"""The smallest pieces of the patterns: white space, hyphens, and lists of words as tables."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Returns a pattern of any of ``words``, the longer ones first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def listed(words: str) -> frozenset[str]:
    """Reads words with spaces between."""
    return frozenset(words.split())


def numbered(words: str, first: int = 0) -> dict[str, int]:
    """Counts words on from ``first``."""
    return {word: number for number, word in enumerate(words.split(), first)}


def table(pairs: str) -> dict[str, str]:
    """Reads "word=value"; an underscore stands for a space."""
    return {key: value for key, _, value in (pair.replace("_", " ").partition("=") for pair in pairs.split())}


def spelled(words: str) -> str:
    """Returns matched words as the tables have them: lower case, one space between, and no letters but their own.

    Patterns that ignore case take some letters outside ASCII for s, i and k.
    """
    return re.sub(r"\s+", " ", words.translate(_TAKEN_FOR).lower())


_TAKEN_FOR = str.maketrans("\u017f\u0131\u0130\u212a", "siik")

GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]?\r?\n)"
"""White space inside an expression: at most one line break, as in wrapped text."""
HYPHENS = "-\u2010\u2011"
HYPHEN = f"[{HYPHENS}]"
DASH = r"[-\u2010-\u2015\u2212]"
JOINT = rf"(?:{GAP}|{HYPHEN})"
