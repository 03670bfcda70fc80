"""Whether a verb reports speech where it stands, and whether its subject is such as speaks."""

from __future__ import annotations

import re

from .clauses import (
    clause_follows,
    expresses,
    holds_verb,
    is_site,
    names_story,
    past_times,
    reports,
    says_it,
    states,
    tells_where,
)
from .phrases import Phrase
from .tokens import Token
from .words import (
    BASE,
    BE,
    BETWEEN,
    CROWDS,
    DAYS,
    EXPRESSING,
    NAMING,
    NOT,
    NOUNISH,
    ORGANISATIONS,
    OUTLETS,
    PEOPLE,
    PLAIN,
    QUOTING,
    REPORTS,
    ROLES,
    STOPPERS,
    STRONG,
    WEAK,
    listed,
)


def touches(found: list[Token], low: int, high: int) -> bool:
    """Whether a quotation stands right before or after a clause, but for a sign or "that"."""
    back = low - 2 if low > 1 and found[low - 1].text == "," else low - 1
    if back >= 0 and found[back].kind == "q":
        return True
    ahead = high
    while ahead < len(found) and ahead < high + 2 and (found[ahead].text in (",", ":") or found[ahead].low == "that"):
        ahead += 1
    return ahead < len(found) and found[ahead].kind == "q"


def is_beside(found: list[Token], place: int) -> bool:
    """Whether a quotation stands beside the clause of the verb: before its subject, or after it in the sentence."""
    for at in range(place + 1, min(place + 30, len(found))):
        if found[at].kind == "q":
            return True
        if found[at].text in ";" or (found[at].low in ("after", "because") and found[place].low not in STRONG):
            break
    for at in range(place - 1, max(place - 26, -1), -1):
        if found[at].kind == "q":
            return True
        if found[at].text == ";":
            break
    return False


def can_show(found: list[Token], speaker: Phrase) -> bool:
    """Whether words are such as are said to show or to find something: papers, bodies, those who study."""
    words = {token.low for token in found[speaker.start : speaker.end]}
    words |= {word.removesuffix("s") for word in words}
    known = bool(words & _SHOWERS)
    known = known or (speaker.kind == "name" and bool(words & OUTLETS))
    return known or speaker.kind == "pronoun" or is_site(found, speaker)


def speaks(found: list[Token], place: int, speaker: Phrase, beside: bool) -> bool:
    """Whether the verb reports speech here, as its kind asks."""
    low, after = found[place].low, found[place + 1].low if place + 1 < len(found) else ""
    if (low == "accused" and after == "of") or (low == "declared" and after == "for"):
        return False
    if (after == "by" and low not in PLAIN | {"responded"}) or (
        low in ("told", "tells", "tell") and names_story(found, place + 1)
    ):
        return False
    if low in ("denied", "denies") and after in ("him", "her", "them", "us", "me"):
        return False
    if low == "alleged" and not states(found, place + 1):
        return False
    if (low == "put" and after != "it") or (low in NOUNISH and found[place - 1].text[-1:].isdigit()):
        return False
    if low in NAMING and not _names_as(found, place):
        return False
    if low in EXPRESSING:
        return expresses(found, place)
    if low in ("tweeted", "tweets") and not beside and not _closed(found, place):
        return False
    if not beside and (_in_commas(found, place, speaker) or _calls_it(found, place)):
        return True
    close = beside and touches(found, min(speaker.start - len(speaker.role.split()), place), place + 1)
    if close or (low in WEAK and reports(found, place, speaker)):
        return True
    if low in STRONG:
        if low in ("wrote", "writes", "write") and (after in _WORKS or not (beside or tells_where(found, place + 1))):
            return False
        if low in ("claimed", "claims") and not beside and not holds_verb(found, place + 1):
            return False
        return beside or (low not in NOUNISH and says_it(found, place))
    return beside and low not in NOUNISH and any(token.kind == "q" for token in found[place : place + 16])


def _closed(found: list[Token], place: int) -> bool:
    """Whether a clause, or nothing more, follows: not in "tweeted about the storm"."""
    at = past_times(found, place + 1)
    return at >= len(found) or found[at].kind != "w" or clause_follows(found, at)


def _in_commas(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether a clause only tells who goes on: "Those ships, Hill continued, include three ferries."."""
    low, high = speaker.start - len(speaker.role.split()) - 1, place + 1
    parted = low >= 0 and found[low].text == "," and high < len(found) and found[high].text in ",."
    return parted and found[place].low in _GOING_ON and speaker.kind != "subject"


def _calls_it(found: list[Token], place: int) -> bool:
    """Whether something is called so without quotation marks: "called it a waste", "described him as a friend"."""
    after = [token.low for token in found[place + 1 : place + 4]]
    if len(after) < 2 or after[0] not in _TAKEN_UP:
        return False
    if found[place].low in ("called", "calls"):
        return after[1] in ("a", "an", "the", "one")
    return found[place].low in ("described", "describes") and "as" in after


def _names_as(found: list[Token], place: int) -> bool:
    """Whether a quotation after a verb is what something is called: "dismissed it as …", "referred to it as …"."""
    after = found[place + 1 : place + 16]
    quoted = next((at for at, token in enumerate(after) if token.kind == "q"), 0)
    return quoted > 0 and any(token.low in ("as", "to") for token in after[max(0, quoted - 4) : quoted])


def can_speak(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether words for a speaker that are no name are such as are said to say something.

    Of any other noun only a plain verb of speech tells that, and only where a clause begins with the noun.
    """
    if speaker.kind != "noun":
        return True
    words = found[speaker.start : speaker.end]
    before = found[speaker.start - 1] if speaker.start else None
    if found[place].low in BASE and any(word.low in _CLEAR for word in words[1:]):
        # "Hill suggests travellers think again"
        return False
    if before is not None and before.low in _CONTACT and before.kind == "w" and found[place].low not in QUOTING:
        return False
    if is_speaker(words):
        return True
    if before is not None and before.text == "," and (place + 1 == len(found) or found[place + 1].text == "."):
        return True
    low = found[place].low
    told = low in _TOLD or (low in _STRONG and _is_finite(found, place))
    if low in _SHOWING or not told:
        return False
    # "As port-watchers have explained, …"
    closed = before is not None and before.low == "as" and [t.text for t in found[place + 1 : place + 2]] == [","]
    begins = before is None or before.kind != "w" or closed or before.low in _BEGINNING
    return begins and not any(word.low in NOT | BE or re.search("['’]", word.low) for word in words[-1:])


def _is_finite(found: list[Token], place: int) -> bool:
    """Whether a form in "-ed" is no participle: "the town announced that", not "the cuts announced in May"."""
    held = place > 0 and found[place - 1].low in BETWEEN
    return held or clause_follows(found, past_times(found, place + 1))


def is_speaker(words: list[Token] | tuple[Token, ...]) -> bool:
    """Whether words hang on a name or on a noun for people, for a body or for a paper."""
    head = head_of(words)
    if any(_is_astray(words, at) for at in range(len(words))) or (head.low == "news" and head is not words[-1]):
        return False
    forms = {head.low, head.low.removesuffix("s"), head.low.removesuffix("es")}
    if head.low.endswith("ies"):
        forms.add(head.low[:-3] + "y")
    if head.low.startswith("al-") or (head.low + "s") in PEOPLE:
        return True
    if head.low.endswith("ing") and head.low not in REPORTS:
        return head.capital and len(words) > 1
    return (head.capital and len(words) > 1) or not forms.isdisjoint(_SPEAKING)


def _is_astray(words: list[Token] | tuple[Token, ...], at: int) -> bool:
    """Whether a word tells that other words have got in: "than" does, but not in "more than 40"."""
    low = words[at].low
    counts = low == "than" and at > 0 and words[at - 1].low in ("more", "fewer", "less")
    return low in ("after", "before", "since", "than", "about") and not counts


_SPEAKING = ROLES | ORGANISATIONS | REPORTS | PEOPLE | OUTLETS | CROWDS
_HUMAN = listed(
    "added adds tells writes insist insisted warn warned argue argued complain complained noted reckon reckoned joked"
    " acknowledged acknowledge reported"
)
_TOLD = PLAIN | _HUMAN
_STRONG = STRONG - NOUNISH
_CLEAR = STRONG | WEAK - NOUNISH - REPORTS
_SHOWERS = REPORTS | ORGANISATIONS | {"researchers", "scientists"}
_BEGINNING = (STOPPERS | DAYS) - {"as", "than", "if"}
"""Verbs whose subject can only be people, or a body of them."""
_GOING_ON = listed("continued continues")
_TAKEN_UP = listed("it that this him her them")
_WORKS = listed("a an his her their about for")
_CONTACT = listed("something everything anything things thing words what comments remarks")
_SHOWING = listed(
    "show shows showed suggest suggests suggested indicate indicates indicated found reveal reveals revealed"
)
_PARTS = listed(
    "portion part parts section copy version excerpt number majority dozen handful couple slew host chorus string crowd"
)
_LINKS = listed("of for at from with by in close familiar near involving regarding concerning including to on who")


def head_of(words: list[Token] | tuple[Token, ...]) -> Token:
    """Returns the word that the words for a speaker hang on: the last before "of", "for" and the like."""
    for place, token in enumerate(words):
        if place and token.low in _LINKS and words[place - 1].low not in _PARTS:
            return words[place - 1]
    return words[-1]


def plural(found: list[Token], speaker: Phrase) -> bool:
    """Whether words for a speaker are in the plural, or may be."""
    head = found[speaker.end - 1]
    words = found[speaker.start : speaker.end]
    return (
        any(word.low in ("they", "police", "people", "who", "women", "men", "media") for word in words)
        or speaker.kind == "subject"
        or any(word.low in ("and",) for word in words)
        or any(word.low.endswith("s") and (not word.capital or at == 0) for at, word in enumerate(words))
        or head.low.endswith("s")
    )
