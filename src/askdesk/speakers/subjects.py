"""The subject of a verb of speech: the words before it, over appositions, brackets and adverbs."""

from __future__ import annotations

from .phrases import Phrase, is_body, name_at_end, noun_phrase
from .tokens import Span, Token
from .words import (
    BE,
    BETWEEN,
    DAYS,
    DETERMINERS,
    LATELY,
    MONTHS,
    NOT,
    PREPOSITIONS,
    ROLES,
    STOPPERS,
    STRONG,
    TIMES,
    VERBS,
)

_FINITE = BE | VERBS | NOT | {"has", "have", "had"}


def phrase_before(found: list[Token], place: int) -> tuple[Phrase, bool] | None:
    """Returns the subject of the verb at ``place`` that stands before it, and whether the verb is a plain past or
    present: not so in "was told", "did not say", "would say"."""
    at = place - 1
    while at >= 0:
        token = found[at]
        if token.low in BE or token.low in NOT:
            return (Phrase("subject", place, place), False)
        if (
            token.kind == "w"
            and not token.capital
            and (token.low in BETWEEN or (token.low.endswith("ly") and not token.capital and len(token.low) > 4))
        ):
            at -= 1
        elif token.text.isdigit() and at > 2 and found[at - 1].low in MONTHS and found[at - 2].low == "on":
            at -= 3
        elif token.low in TIMES and at > 0 and found[at - 1].low in LATELY:
            at -= 2
        elif token.low in DAYS and at > 0:
            at -= 2 if found[at - 1].low == "on" else 1
        elif token.low in ("statement", "interview", "letter", "tweet", "post", "email") and at > 1:
            if found[at - 1].low not in ("a", "an") or found[at - 2].low not in ("in", "via"):
                break
            at -= 3
        else:
            break
    if at < 0:
        return None
    if found[at].text == ")":
        at = _before_bracket(found, at)
    if at < 0:
        return None
    if found[at].kind == "q":
        # 'Hill, who asked for "patience," said.'
        closing = at > 3 and (place + 1 == len(found) or found[place + 1].kind == "p")
        return (Phrase("subject", place, place), True) if closing else None
    if found[at].text in ",—–":
        made = _across_commas(found, at)
        return (made, True) if made else None
    if found[at].kind != "w":
        return None
    low = _segment_start(found, at)
    if low > at:
        stop = found[at].low
        if stop in ("and", "but", "then", "or"):
            return (Phrase("subject", place, place), True)
        return None
    if found[at].low == "who":
        return _antecedent(found, at) if found[place].low in STRONG else None
    made = noun_phrase(found, low, at + 1)
    if (made is None or made.kind == "noun") and low > 2 and found[low - 1].text == ",":
        # 'Mary Hill, the head of the port in Orsa said'
        named = name_at_end(found, _segment_start(found, low - 2), low - 1)
        first = named.start - len(named.role.split()) if named is not None else 0
        whole = first == 0 or found[first - 1].low not in PREPOSITIONS
        if named is not None and whole and named.end - named.start > 1 and _any_role(found, low, at):
            made = named
    return (made, True) if made else None


def _any_role(found: list[Token], low: int, high: int) -> bool:
    return any(token.low in ROLES for token in found[low:high])


def opening(found: list[Token], place: int) -> int:
    """Returns where the subject of the sentence begins: after "But", after "In a statement," and after "Orsa:"."""
    at = 0
    while at < min(3, place) and found[at].kind == "w":
        at += 1
    if 0 < at < place and found[at].text == ":":
        return at + 1
    if found[0].low in ("but", "and", "also", "then", "meanwhile", "however", "later", "yet", "still"):
        return 2 if len(found) > 1 and found[1].text == "," else 1
    if found[0].low in PREPOSITIONS | {"when", "while", "as", "although", "though", "asked", "speaking"}:
        comma = next((n for n in range(1, min(place, 25)) if found[n].text == ","), None)
        return comma + 1 if comma is not None else place
    return 0


def opening_phrase(found: list[Token], low: int, place: int) -> Phrase | None:
    """Returns the words for a speaker that begin at ``low``, if a verb follows them before ``place``."""
    for at in range(low + 1, min(place, low + 12)):
        token = found[at]
        if token.kind != "w":
            return None
        if token.low in _FINITE or (token.text.islower() and token.low.endswith("ed")):
            while at > low + 1 and (found[at - 1].low in BETWEEN or found[at - 1].low.endswith("ly")):
                at -= 1
            return noun_phrase(found, low, at)
    return None


def _before_bracket(found: list[Token], at: int) -> int:
    back = at
    while back >= 0 and at - back < 15:
        if found[back].text == "(":
            return back - 1
        back -= 1
    return -1


def _antecedent(found: list[Token], who: int) -> tuple[Phrase, bool] | None:
    at = who - 1
    if at >= 0 and found[at].text == ",":
        at -= 1
    if at < 0 or found[at].kind != "w":
        return None
    low = _segment_start(found, at)
    made = name_at_end(found, low, at + 1) or noun_phrase(found, low, at + 1)
    return (made, True) if made else None


def _segment_start(found: list[Token], at: int) -> int:
    """The first place of the run of words that ends at ``at``, back to a sign, a quotation or a word that begins a
    clause; ``at + 1`` where the word itself is one. "and" between two names, or two common nouns, joins them."""
    low = at
    while low >= 0 and at - low < 30:
        token = found[low]
        if token.kind != "w" and token.text not in ("&", "/", "#", "$", "%", "-"):
            break
        if token.low in STOPPERS and token.text.islower():
            joins = (
                token.low == "and"
                and 0 < low < at
                and found[low - 1].kind == "w"
                and found[low - 1].capital == found[low + 1].capital
                and (found[low - 1].capital or at - low <= 2)
            )
            if not joins:
                break
        low -= 1
    return low + 1


def _across_commas(found: list[Token], comma: int) -> Phrase | None:
    """The subject before an apposition: "Mary Hill, the harbour master of Orsa, Norway, said"."""
    segments: list[Span] = []
    at = comma
    while at > 0 and found[at].text in ",—–" and len(segments) < 7:
        high = at
        back = at - 1
        if found[back].text == ")":
            back = _before_bracket(found, back)
        low = back
        while low >= 0 and found[low].kind == "w" and high - low < 40:
            low -= 1
        segments.append((low + 1, high))
        at = low
        if at >= 0 and found[at].text == ")":
            at = _before_bracket(found, at)
            while at >= 0 and found[at].kind == "w":
                at -= 1
    usable = segments[1:]
    for low, high in reversed(usable):
        made = name_at_end(found, low, high)
        if made is not None and made.end - made.start >= 2 and _apposed(found, high):
            return made
    apposed = _named_after_role(found, segments)
    if apposed is not None:
        return apposed
    for low, high in usable:
        if high <= low:
            continue
        start = max(low, _segment_start(found, high - 1))
        if start >= high:
            continue
        made = noun_phrase(found, start, high)
        if made is not None and (made.kind != "noun" or found[start].low in DETERMINERS or start == 0):
            return made
    return None


def _named_after_role(found: list[Token], segments: list[Span]) -> Phrase | None:
    """The name in "the group's spokesman, Tom Brown, said": not in "Hill, the mayor of Orsa, New York, said"."""
    if len(segments) < 2 or any(name_at_end(found, low, high) for low, high in segments[2:3]):
        return None
    low, high = segments[0]
    name = name_at_end(found, low, high)
    if name is None or name.start != low or name.end - low < 2 or is_body(found, name):
        return None
    return name if _any_role(found, *segments[1]) else None


def _apposed(found: list[Token], comma: int) -> bool:
    """Whether what follows the comma says who somebody is."""
    after = found[comma + 1] if comma + 1 < len(found) else None
    if after is None or after.kind == "q":
        return False
    return after.low not in ("and", "but", "or", "he", "she", "they", "it", "said") and not (
        after.capital
        and after.low not in DETERMINERS
        and after.low not in ROLES
        and comma + 2 < len(found)
        and found[comma + 2].low in VERBS
    )
