"""Whether the words around an expression look ahead or back."""

from __future__ import annotations

from .captions import is_caption
from .verbs import (
    FUTURE,
    HEARD,
    LEADS,
    LEFT,
    MODALS,
    NOT_PAST,
    PAST,
    PLURAL,
    REFUSALS,
    SHOWN,
    SIMPLE,
    STATES,
    SUSPECTED,
)
from .vocabulary import word_set
from .words import Words

_TITLES = word_set("mr mrs ms dr sen rep gov gen lt col sgt st jr sr u.s vs no")
_PREFIXES = word_set("co re pre un mis de over out")
_HYPHENS = ("-", "\u2010", "\u2011")
_END = 2
_ONGOING = 3
_ONGOING_NEAR = 9
"""What "is …ing" so many words from a day or closer is arranged for it; farther off it just goes on."""


class Tenses:
    """The tenses of the verbs of one text; what a word says is looked up once, so that all takes linear time."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.seen: dict[int, int] = {}  # what each word looked at says: 1 ahead, -1 back, 0 nothing, or a sign

    def of(self, start: int, end: int) -> int:
        """Returns 1 where the words near an expression look ahead, -1 where they look back, 0 where they do neither."""
        words = self.words
        for _ in range(6):  # "Monday, Wednesday and Friday" are all of one time
            if start > 1 and words.letters[start - 1] in ",&" and words.letters[start - 2] in "Dp":
                start -= 2
        after = words.low[end] if end < len(words.low) else ""
        before = words.low[start - 1] if start else ""
        if self._is_up_next(start):
            return 1
        if is_caption(words, end) and "will" not in words.low[max(start - 24, 0) : end + 14]:
            return -1
        if start and self.verb(start - 1) < 0:
            return -1  # "the bill signed Saturday will …"
        if after in ("will", "won't") or before in ("scheduled", "due", "upcoming", "coming", "effective"):
            return 1
        if after in ("was", "were", "had", "did"):
            return -1
        sides = (1, -1) if start == 0 or self.opens(start) or before in ("and", "but", "that", "then", ")") else (-1, 1)
        if start and end < len(words.low) and self.verb(end) < 0 <= self.verb(start - 1) and words.letters[end] == "x":
            near = words.letters[start:end].startswith("n") and self.verb(start - 1) == 0
            if near and words.form(start - 1)[:1].isupper():
                return -1  # "… may wait after Judge Hill on Monday issued …"
        for side in sides:
            tense = self.scan(end if side > 0 else start - 1, side, 14 if side > 0 else 24)
            if tense:
                return 0 if side > 0 and sides[0] < 0 and self._is_simple(end) else tense
        return self._present(start)

    def _is_up_next(self, start: int) -> bool:
        """Whether "UP NEXT", which opens what a report of a game says of the next one, stands shortly before."""
        low = self.words.low
        return any(low[at : at + 2] == ["up", "next"] for at in range(start - 2, max(start - 16, -1), -1))

    def _is_simple(self, at: int) -> bool:
        """Whether the nearest verb from ``at`` on is a simple present: "the final on Sunday takes …" tells no time."""
        low = self.words.low
        for place in range(at, min(at + 14, len(low))):
            if self.scan(place, 1, 1):
                return low[place] in SIMPLE
        return False

    def _present(self, start: int) -> int:
        """A sentence without past or future: "The deadline is Friday" and "to open Friday" look ahead."""
        words = self.words
        for at in range(start - 1, max(start - 13, -1), -1):
            if self.ends(at):
                break
            if words.low[at] in ("is", "are") and at >= start - 5:
                return -1 if words.low[at + 1] in SHOWN else 1
            if words.low[at] == "to" and words.form(at + 1).islower() and words.low[at + 1] not in ("the", "a", "an"):
                return 1
        return 0

    def scan(self, at: int, side: int, steps: int) -> int:
        """Returns the tense of the nearest verb of the sentence within ``steps`` words on one side, 0 without one."""
        low, seen = self.words.low, self.seen
        stop = min(at + steps, len(low)) if side > 0 else max(at - steps, -1)
        for place in range(at, stop, side):
            said = seen.get(place)
            if said is None:
                said = seen[place] = _END if self.ends(place) else self._look_at_verb(place)
            if said == _END or (side > 0 and low[place] == "that"):
                return 0
            if said == _ONGOING:
                said = int(abs(place - at) < _ONGOING_NEAR)
            if said:
                return said
        return 0

    def verb(self, at: int) -> int:
        return self.scan(at, -1, 1)

    def _look_at_verb(self, at: int) -> int:
        words = self.words
        low = words.low[at]
        if words.letters[at] != "x" and low not in ("may", "upcoming"):
            return 0
        before = words.low[at - 1] if at else ""
        after = words.low[at + 1] if at + 1 < len(words.low) else ""
        if self._is_hyphened(at):
            return 0  # "a sold-out show", "a US-led raid"
        if low == "expected" and before in ("been", "than"):
            return -1 if before == "been" else 0
        if low in ("would", "could", "wouldn't", "couldn't") and self._has_come(at):
            return -1
        if low == "go" and before == "to" and at > 1 and words.low[at - 2] in LEFT:
            return 0
        if low in FUTURE:
            return -1 if low in ("would", "could", "might", "should", "must") and after == "have" else 1
        if low in PLURAL and (before == ")" or (before.endswith("s") and len(before) > 3)):
            return 1
        if low == "forecast" and after == "for":
            return 1
        if low.endswith(("'ll", "n't've")) or (low in ("has", "have") and after == "to"):
            return 1
        if (low in ("set", "plan", "plans", "going") and after == "to") or (low == "set" and after == "for"):
            return 1
        if low == "due" and after != "to":
            return 1
        if low.endswith("ing") and (before in ("is", "are", "am") or before.endswith(("'re", "'m"))):
            return _ONGOING
        if low.endswith("ing") and before == "after":
            return -1
        regular = low.endswith("ed") and len(low) > 3 and low not in NOT_PAST and words.form(at)[0].islower()
        if not regular and low not in PAST:
            return 0
        place = at - 1
        while (
            place > at - 4 and place >= 0 and (words.low[place].endswith("ly") or words.low[place] in ("not", "also"))
        ):
            place -= 1
        if place >= 0 and words.low[place] in LEADS:
            return self._led(place)
        if place >= 0 and words.low[place] in STATES and low not in SUSPECTED:
            return 0
        return -1

    def _is_hyphened(self, at: int) -> bool:
        """Whether a hyphen joins the word at ``at`` to another that is no prefix: "sold-out", but not "co-wrote"."""
        return self._joins(at + 1) or (self._joins(at - 1) and self.words.low[at - 2] not in _PREFIXES)

    def _joins(self, at: int) -> bool:
        words = self.words
        if not 0 < at < len(words.low) - 1 or words.low[at] not in _HYPHENS:
            return False
        return words.ends[at - 1] == words.starts[at] and words.ends[at] == words.starts[at + 1]

    def _has_come(self, at: int) -> bool:
        """Whether the "would" or "could" at ``at`` is told of what was: "would not say", "could be heard"."""
        low = self.words.low
        if low[at + 1 : at + 2] == ["be"]:
            return any(word in HEARD for word in low[at + 2 : at + 3])
        said = at + 1 if low[at].endswith("n't") else at + 2
        return (said == at + 1 or low[at + 1 : said] == ["not"]) and said < len(low) and low[said] in REFUSALS

    def _led(self, lead: int) -> int:
        """The tense of a participle after the "be" at ``lead``: "will be held", "due to be held", "was being held"."""
        low = self.words.low
        near = low[max(lead - 3, 0) : lead]
        if any(word in MODALS or word.endswith("'ll") for word in near):
            return 1
        if near[-1:] == ["to"]:
            return 1 if lead > 1 and low[lead - 2] in (",", "is", "are", "(") else 0
        return -1

    def ends(self, at: int) -> bool:
        """Whether a sentence ends with the sign at ``at``."""
        words = self.words
        letter = words.letters[at]
        if letter == "|":
            return True
        if letter == ":":
            return not words.text[words.ends[at] : words.ends[at] + 1].isdigit()
        if letter != ".":
            return False
        if words.low[at] != "." or at == 0:
            return True
        previous = words.low[at - 1]
        if (len(previous) == 1 and previous.isalpha()) or previous in _TITLES or words.letters[at - 1] in "md":
            return False
        following = words.text[words.ends[at] : words.starts[at + 1]] if at + 1 < len(words.low) else " "
        return bool(following) or words.letters[at + 1] in "q|"

    def opens(self, at: int) -> bool:
        """Whether a sentence, or a clause set off, begins at ``at``."""
        words = self.words
        if at == 0 or words.letters[at - 1] in "|,-" or self.ends(at - 1):
            return True
        return words.letters[at - 1] == "q" and words.ends[at - 1] == words.starts[at]
