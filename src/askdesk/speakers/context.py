"""What a reader has in mind at a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ..types import Speaker
from .cast import Mention
from .frames import Frame


@dataclass(frozen=True, slots=True)
class Context:
    """What comes before a sentence: the people in it, whom the sentences before are about, and who spoke last.

    ``previous`` is the sentence before, ``before`` the same where it stands in the same paragraph, ``named`` the people
    named in the last few sentences.
    """

    people: list[Mention]
    topics: list[str | None]
    last: Speaker | None
    before: Frame | None = None
    previous: Frame | None = None
    named: tuple[str, ...] = ()
