"""Who says what in a news text: statements with their speakers, found by the rules of English newswire."""

from __future__ import annotations

from ..types import Statement
from .asking import matches

__all__ = ["matches", "statements"]


def statements(text: str, publisher: str | None) -> tuple[Statement, ...]:
    """Returns what the text says that somebody says, in order, without overlaps.

    A statement is one quotation with its attribution, be it broken by that or run over several paragraphs, or one
    sentence of reported speech. ``publisher`` is the document's own outlet, which is never given as having passed
    words on. A speaker whom the text leaves open has an empty name and the status ``"unnamed"``. Time grows with the
    length of the text.
    """
    # Late, as the rules are large and a question needs but ``matches``.
    from .walking import walk

    return walk(text, publisher or "")
