"""The subject of a verb of speech: the words before it, over appositions, brackets and adverbs."""

from __future__ import annotations

from .phrases import Phrase, is_body, is_calling, name_at_end, noun_phrase
from .tokens import Span, Token
from .words import (
    BE,
    BETWEEN,
    DAYS,
    DETERMINERS,
    LATELY,
    MONTHS,
    NOT,
    NOT_NAMES,
    ORGANISATIONS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTS,
    ROLES,
    STOPPERS,
    STRONG,
    TIMES,
    VERBS,
)

_INSIDE = frozenset("&/#$%-")
_SAYING = STRONG & {"said", "says", "say", "told", "warned", "warns", "predicts", "predicted"}
_FINITE = BE | VERBS | NOT | {"has", "have", "had"}
_CLAUSE = (_FINITE - {"to"}) | TIMES | DAYS
_OTHERS = DETERMINERS | PRONOUNS.keys()


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
        elif token.text.isdigit() and at > 2 and found[at - 1].low in MONTHS and found[at - 2].low in ("on", "in"):
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
    unclosed = found[low].low == "who" and low > 1 and found[low - 1].text == "," and _goes_with_who(found, low, at)
    if found[at].low == "who" or unclosed:
        # "critics, who say", and without a closing comma "Mary Hill, who keeps the port said"
        return _antecedent(found, at if found[at].low == "who" else low) if found[place].low in STRONG else None
    if found[at].owner and found[at].capital and found[at].low not in NOT_NAMES and found[place].low in _SAYING:
        # "Moody's said"
        first = at
        while first > low and (found[first - 1].capital or found[first - 1].text == "&"):
            first -= 1
        return (Phrase("name", first, at + 1), True)
    made = noun_phrase(found, low, at + 1)
    joint = _joint(found, low, made) if made is not None else None
    if joint is not None:
        return (joint, True)
    if made is None or made.kind == "noun" or made.start - len(made.role.split()) > low:
        made = _apposed_name(found, low, at) or made
    return (made, True) if made else None


def _goes_with_who(found: list[Token], low: int, at: int) -> bool:
    """Whether "who" is the subject of its clause: "who sits on the board", not "who Hill" or "who he"."""
    after = found[low + 1] if low < at else None
    return after is not None and after.text.islower() and after.low not in _OTHERS


def _joint(found: list[Token], low: int, made: Phrase) -> Phrase | None:
    """A name and those who speak with it: "Hill and leaders from the north", where a clause begins with the name."""
    if made.kind != "noun" or made.start != low or low < 2 or found[low - 1].low != "and":
        return None
    if not any(is_calling(token) for token in found[low : made.end]):
        return None
    first = _segment_start(found, low - 2)
    name = name_at_end(found, first, low - 1)
    if name is None or (first > 0 and found[first - 1].kind == "w"):
        return None
    begins = name.start - len(name.role.split())
    alone = begins == first or (begins == first + 1 and found[first].low == "the")
    return Phrase("name", name.start, made.end) if alone else None


def _apposed_name(found: list[Token], low: int, at: int) -> Phrase | None:
    """The name in 'Mary Hill, the head of the port in Orsa said', "Mary Hill, diver and head of the port said"."""
    first = low
    if first > 1 and found[first - 1].low == "and":
        first = _segment_start(found, first - 2)
    if first < 3 or found[first - 1].text != "," or not _any_role(found, first, at + 1):
        return None
    named = name_at_end(found, _segment_start(found, first - 2), first - 1)
    if named is None or named.end - named.start < 2:
        return None
    begins = named.start - len(named.role.split())
    if begins == 0 or found[begins - 1].kind != "w":
        return named
    # "They met Mary Hill, a spokesman said": only what goes on after the office makes it one of the name before.
    return named if _any_role(found, first, at) and found[begins - 1].low not in PREPOSITIONS else None


def _any_role(found: list[Token], low: int, high: int) -> bool:
    return any(token.low in ROLES for token in found[low:high])


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
    if low > 1 and found[low - 1].text == "," and found[low].low in ("a", "an", "the"):
        # "Mary Hill, a port ally who has vowed"
        named = name_at_end(found, _segment_start(found, low - 2), low - 1)
        made = named if named is not None and named.end - named.start > 1 else made
    if made is None:
        # "backed by opponents of the port, who stressed"
        by = next((n for n in range(at, low, -1) if found[n].low in ("by", "from")), at)
        made = noun_phrase(found, by + 1, at + 1) if by < at else None
    return (made, True) if made else None


def _segment_start(found: list[Token], at: int) -> int:
    """The first place of the run of words that ends at ``at``, back to a sign, a quotation or a word that begins a
    clause; ``at + 1`` where the word itself is one. "and" between two names, or two common nouns, joins them."""
    low = at
    while low >= 0 and at - low < 30:
        token = found[low]
        if token.kind != "w" and token.text not in _INSIDE:
            break
        if token.low in STOPPERS and token.text.islower():
            counts = token.low == "than" and low > 0 and found[low - 1].low in ("more", "fewer", "less")
            joins = counts or (
                token.low == "and"
                and 0 < low < at
                and found[low - 1].kind == "w"
                and found[low - 1].capital == found[low + 1].capital
                and (found[low - 1].capital or (at - low <= 2 and is_calling(found[low - 1])))
            )
            if not joins:
                break
        low -= 1
    return low + 1


def _across_commas(found: list[Token], comma: int) -> Phrase | None:
    """The subject before an apposition: "Mary Hill, the harbour master of Orsa, Norway, said"."""
    segments: list[Span] = []
    at = comma
    while at > 0 and found[at].text in ",—–" and len(segments) < 12:
        high = at
        back = at - 1
        if found[back].text == ")":
            back = _before_bracket(found, back)
        low = back
        while low >= 0 and (found[low].kind == "w" or found[low].text in _INSIDE) and high - low < 40:
            low -= 1
        segments.append((low + 1, high))
        at = low
        if at >= 0 and found[at].text == ")":
            at = _before_bracket(found, at)
            while at >= 0 and found[at].kind == "w":
                at -= 1
    # "The mayor, who used the name ORSA, from the old charter, said": a clause about the subject does not hold it.
    usable = [(low, high) for low, high in segments[1:] if found[low].low not in ("who", "whose", "which")]
    apposed = _named_after_role(found, segments)
    if apposed is not None:
        return apposed
    for low, high in reversed(usable):
        made = name_at_end(found, low, high)
        if made is None or not _apposed(found, high):
            continue
        begins = made.start - len(made.role.split())
        if (
            begins > low
            and found[begins - 1].low in DETERMINERS
            and any(t.low in ORGANISATIONS for t in found[low:begins])
        ):
            # "The Committee for a Clean Harbour, a group of …, says"
            return noun_phrase(found, low, high)
        if made.end - made.start >= 2 or (made.start == low and found[high + 1].low in DETERMINERS):
            return made
    for low, high in usable:
        if high <= low:
            continue
        start = max(low, _segment_start(found, high - 1))
        if start >= high:
            continue
        made = noun_phrase(found, start, high)
        if made is not None and (made.kind != "noun" or found[start].low in DETERMINERS or _begins(found, start, high)):
            return made
    return None


def _begins(found: list[Token], start: int, high: int) -> bool:
    """Whether a sentence begins with words for a speaker: "Officials in Orsa, …", not "So far, …"."""
    named = found[start].capital and high - start > 1 and found[start + 1].capital
    return start == 0 and (named or any(is_calling(token) or token.low in REPORTS for token in found[start:high]))


def _named_after_role(found: list[Token], segments: list[Span]) -> Phrase | None:
    """The name in "the group's spokesman, Tom Brown, said": not in "Hill, the mayor of Orsa, New York, said"."""
    if len(segments) < 2 or any(name_at_end(found, low, high) for low, high in segments[2:3]):
        return None
    low, high = segments[0]
    name = name_at_end(found, low, high)
    if name is None or name.start - len(name.role.split()) != low or found[low].text[:2] in ("D-", "R-", "I-"):
        return None
    first, last = segments[1][0], segments[1][1] - 1
    office = first <= last and found[last].low in ROLES
    led = first <= last and (found[first].low in DETERMINERS or found[first].owner or not found[first].capital)
    if not office and not led:
        # "Rep. Mary Hill, R-Orsa Bay, said"
        return None
    if any(token.low in _CLAUSE and not token.owner for token in found[first : last + 1]):
        return None
    # "The country's power station, Orsa, said": of one word is only what is called so in the words right before it.
    if name.end - name.start == 1:
        return name if not found[last].capital else None
    called = not found[last].capital or any(is_calling(token) for token in found[first : last + 1])
    return name if called and not is_body(found, name) else None


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
