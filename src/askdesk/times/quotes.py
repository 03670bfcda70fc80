"""Which words of a text stand between quotation marks, and whether what is quoted was said on the text's own day."""

from __future__ import annotations

import datetime as dt

from .vocabulary import WEEKDAYS
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


def names_its_day(words: Words, day: dt.date) -> bool:
    """Whether a text of ``day`` names its weekday outside of quotations, and that of the day before no more often.

    Then what it quotes was mostly said on that day, too.
    """
    own, before = WEEKDAYS[day.weekday()], WEEKDAYS[day.weekday() - 1]
    told = [low for at, low in enumerate(words.low) if low in (own, before) and not is_quoted(words, at)]
    return 0 < told.count(own) >= told.count(before)


def _tells_inches(words: Words, place: int) -> bool:
    return place > 0 and words.letters[place - 1] in "NKY" and words.ends[place - 1] == words.starts[place]
