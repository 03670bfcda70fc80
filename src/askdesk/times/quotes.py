"""Which words of a text stand between quotation marks."""

from __future__ import annotations

from .words import Words


def is_quoted(words: Words, at: int) -> bool:
    """Whether the word at ``at`` stands in a quotation that began before it in its paragraph.

    Looks back over no more than 400 words and signs, so that many expressions take linear time; a quotation that is
    longer is not seen.
    """
    letters = words.letters
    begin = max(letters.rfind("|", max(at - 400, 0), at), at - 400, 0)
    inside = False
    place = letters.find("q", begin, at)
    while place >= 0:
        sign = words.low[place]
        straight = sign == '"' and not _tells_inches(words, place)
        inside = (straight and not inside) or sign in "“«"
        place = letters.find("q", place + 1, at)
    return inside


def _tells_inches(words: Words, place: int) -> bool:
    return place > 0 and words.letters[place - 1] in "NKY" and words.ends[place - 1] == words.starts[place]
