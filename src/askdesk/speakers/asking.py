"""Whether words asked for name a speaker. Light: a question needs nothing else of this package."""

from __future__ import annotations

import re

from ..text import fold
from ..types import Speaker

_LITTLE = frozenset({"the", "a", "an", "of", "for", "and", "in", "at"})

_LEAST = 5


def matches(speaker: Speaker, asked: str) -> bool:
    """Whether ``asked`` names this speaker: by the name, words of it, words of the role, or a close spelling.

    The words asked for, articles left out, must all stand in the name, or all in name and role. Names of seven letters
    and more may differ by one letter, of ten and more by two: transliterations differ so (Zelensky, Zelenskyy). Beside
    a word that is the same, five letters are enough (Sergei, Sergey).
    """
    wanted = [word for word in plain(asked) if word not in _LITTLE]
    known = [word for word in plain(speaker.name) + plain(speaker.role) if word not in _LITTLE]
    sure = any(word in known and len(word) >= _LEAST for word in wanted)
    return bool(wanted) and all(any(_alike(word, other, sure) for other in known) for word in wanted)


def plain(text: str) -> list[str]:
    """Returns the words of ``text`` as compared, without possessive endings."""
    return re.findall(r"[^\W_]+", re.sub(r"'s\b", "", fold(text)))


def _alike(one: str, other: str, sure: bool) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= 10 else 1 if shorter >= (_LEAST if sure else 7) else 0
    return abs(len(one) - len(other)) <= allowed and 0 < _distance(one[:64], other[:64]) <= allowed


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (sign != against))
    return row[-1]
