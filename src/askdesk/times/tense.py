"""Whether the words around an expression look ahead or back."""

from __future__ import annotations

from .vocabulary import word_set
from .words import Words

_AHEAD = word_set(
    "will shall won't gonna upcoming scheduled slated planned planning expected expects expect intends"
    " hopes aims may must should would might could shouldn't wouldn't couldn't"
    " likely poised scheduling tomorrow anticipated tentatively"
)
_SIMPLE = word_set(
    "begins opens starts airs premieres returns runs kicks expires closes ends arrives hits faces hosts plays takes"
    " meets heads wants needs go goes"
)
_FUTURE = _AHEAD | _SIMPLE
_SHOWN = word_set("seen shown pictured")
"""A caption: "A rainbow is seen on Thursday"."""
_PAST = word_set(
    "said says told was were had did didn't wasn't weren't hadn't came went began met held made took got gave won lost"
    " beat saw left found ran fell rose hit cut struck sent spoke wrote became broke brought built bought caught fought"
    " felt flew grew heard kept knew led paid sold shot shut sat spent stood swept swore taught thought threw withdrew"
    " drew overtook rode drove laid hung sank sang sought showed shook slid stole been since according"
    " chose ate forgot hid blew tore wore woke understood meant dealt bore put quit"
)
_NOT_PAST = word_set(
    "need deed weed shed used indeed speed feed seed bed red united hundred sacred exceed proceed succeed agreed-upon"
)
_LEADS = word_set("be being get")
_MODALS = word_set("will would can could should must may might shall won't not'll")
_TITLES = word_set("mr mrs ms dr sen rep gov gen lt col sgt st jr sr u.s vs no")
_END = 2


class Tenses:
    """The tenses of the verbs of one text; what a word says is looked up once, so that all takes linear time."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.seen: dict[int, int] = {}  # what each word looked at says: 1 ahead, -1 back, 0 nothing, or _END

    def of(self, start: int, end: int) -> int:
        """Returns 1 where the words near an expression look ahead, -1 where they look back, 0 where they do neither."""
        words = self.words
        for _ in range(6):  # "Monday, Wednesday and Friday" are all of one time
            if start > 1 and words.letters[start - 1] in ",&" and words.letters[start - 2] in "Dp":
                start -= 2
        after = words.low[end] if end < len(words.low) else ""
        before = words.low[start - 1] if start else ""
        if start and self.verb(start - 1) < 0:
            return -1  # "the bill signed Saturday will …"
        if after in ("will", "won't") or before in ("scheduled", "due", "upcoming", "coming"):
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

    def _is_simple(self, at: int) -> bool:
        """Whether the nearest verb from ``at`` on is a simple present: "the final on Sunday takes …" tells no time."""
        low = self.words.low
        for place in range(at, min(at + 14, len(low))):
            if self.scan(place, 1, 1):
                return low[place] in _SIMPLE
        return False

    def _present(self, start: int) -> int:
        """A sentence without past or future: "The deadline is Friday" and "to open Friday" look ahead."""
        words = self.words
        for at in range(start - 1, max(start - 9, -1), -1):
            if self.ends(at):
                break
            if words.low[at] in ("is", "are") and at >= start - 5:
                return -1 if words.low[at + 1] in _SHOWN else 1
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
            if said:
                return said
        return 0

    def verb(self, at: int) -> int:
        return self.scan(at, -1, 1)

    def _look_at_verb(self, at: int) -> int:
        words = self.words
        low = words.low[at]
        if words.letters[at] != "x" and low not in ("may",):
            return 0
        before = words.low[at - 1] if at else ""
        after = words.low[at + 1] if at + 1 < len(words.low) else ""
        if low == "expected" and before == "been":
            return -1
        if low in _FUTURE:
            return -1 if low in ("would", "could", "might", "should", "must") and after == "have" else 1
        if low.endswith(("'ll", "n't've")) or (low in ("has", "have") and after == "to"):
            return 1
        if (low in ("set", "plan", "plans", "going") and after == "to") or (low == "set" and after == "for"):
            return 1
        if low == "due" and after != "to":
            return 1
        if low.endswith("ing") and (before in ("is", "are", "am") or before.endswith(("'re", "'m"))):
            return 1
        if low.endswith("ing") and before == "after":
            return -1
        regular = low.endswith("ed") and len(low) > 3 and low not in _NOT_PAST and words.form(at)[0].islower()
        if not regular and low not in _PAST:
            return 0
        place = at - 1
        while (
            place > at - 4 and place >= 0 and (words.low[place].endswith("ly") or words.low[place] in ("not", "also"))
        ):
            place -= 1
        if place >= 0 and words.low[place] in _LEADS:
            return self._led(place)
        return -1

    def _led(self, lead: int) -> int:
        """The tense of a participle after the "be" at ``lead``: "will be held", "due to be held", "was being held"."""
        low = self.words.low
        near = low[max(lead - 3, 0) : lead]
        if any(word in _MODALS for word in near):
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
