"""Makes of a follow-up a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .keywords import analyse
from .shortanswers import names
from .types import Answer

_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|these|those|that (?:one|time|day)|there|then|"
    r"the (?:same|other|others|latter|former)|else|one|ones)\b",
    re.IGNORECASE,
)
_ENDS_WITH_IT = re.compile(r"\b(?:it|them|this|that)\W*$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^\W*(?:and|but|or|so|also|since when|until when|what about|how about|why not|why so)\b", re.IGNORECASE
)
_FEW = 3
"""A question of this many terms or fewer, none of them a name, says too little to stand alone."""


def standalone(question: str, history: Sequence[str | Answer]) -> str:
    """Returns ``question`` as it is if it stands alone, else with what it refers to behind it in brackets.

    What it refers to is the latest question in ``history`` that does not itself point back, or the first one. A
    question stands alone if it neither points back ("he", "there", "And …") nor says too little; one that names
    somebody stands alone unless it begins as a continuation.
    """
    asked = [one.question if isinstance(one, Answer) else one for one in history]
    asked = [one.strip() for one in asked if one.strip()]
    if not asked or not (_points_back(question) or _says_too_little(question)):
        return question
    earlier = next((one for one in reversed(asked) if not _points_back(one)), asked[0])
    return f"{question.strip()} ({earlier})"


def _points_back(question: str) -> bool:
    if _GOES_ON.search(question) or _ENDS_WITH_IT.search(question):
        return True
    return not _names_somebody(question) and bool(_POINTS_BACK.search(question))


def _says_too_little(question: str) -> bool:
    return not _names_somebody(question) and len(analyse(question)) <= _FEW


def _names_somebody(question: str) -> bool:
    return any(True for start, _ in names(question) if question[:start].strip())
