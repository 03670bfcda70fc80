"""Whether a text counts the things that a question counts, or those of somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .keywords import analyse
from .names import Variants
from .values import is_plural

_COUNTED = re.compile(r"\b[Hh]ow many\s+(?P<whose>(?:[A-Z][\w’'.-]*\s+)+)(?P<what>[a-z][\w’'-]+)")
_WHOSE = re.compile(r"(?P<whose>(?:[A-Z][\w’'.-]*(?:\s+and)?\s+)+)$")
_BEFORE = 80
"""Characters before a noun in which names are looked for."""
_MAY_BE_ANY = re.compile(r"[A-Z]\.?[A-Z]|['’]s\b")
"""Initials, and a capital or a ruler that stands for a country ("Moscow's soldiers")."""


def of_others(question: str, spellings: Sequence[Variants], text: str) -> bool:
    """Whether a text names the things that ``question`` counts only as somebody else's.

    "Russian soldiers" are others where the question is "How many North Korean soldiers …"; soldiers without a name
    before them may be those that are meant. ``spellings`` are the other ones of the names in the question.
    """
    found = _COUNTED.search(question)
    if found is None or not is_plural(found["what"]):
        return False
    written = [found["whose"], *(other for one in spellings if one.start < found.end("whose") for other in one.others)]
    wanted = [frozenset(analyse(name)) for name in written]
    what = re.compile(rf"\b{re.escape(found['what'])}\b", re.IGNORECASE)
    before = [
        _WHOSE.search(text, max(0, counted.start() - _BEFORE), counted.start()) for counted in what.finditer(text)
    ]
    # Any word has a capital where a sentence begins.
    return bool(before) and all(one and one.start() and _is_another(one["whose"], wanted) for one in before)


def _is_another(whose: str, wanted: Sequence[frozenset[str]]) -> bool:
    if _MAY_BE_ANY.search(whose):
        return False
    terms = frozenset(analyse(whose))
    return bool(terms) and not any(terms <= names or names <= terms for names in wanted)
