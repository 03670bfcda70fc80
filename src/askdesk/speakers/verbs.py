"""Whether a verb reports speech where it stands, and whether its subject is such as speaks."""

from __future__ import annotations

import re

from .phrases import Phrase
from .tokens import Token
from .words import (
    BE,
    CROWDS,
    DAYS,
    DETERMINERS,
    NOT,
    NOUNISH,
    ORGANISATIONS,
    OUTLETS,
    PEOPLE,
    PLAIN,
    PRONOUNS,
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
    while ahead < len(found) and ahead < high + 2 and (found[ahead].text in ",:" or found[ahead].low == "that"):
        ahead += 1
    return ahead < len(found) and found[ahead].kind == "q"


def can_show(found: list[Token], speaker: Phrase) -> bool:
    """Whether words are such as are said to show or to find something: papers, bodies, those who study."""
    words = {token.low for token in found[speaker.start : speaker.end]}
    return speaker.kind == "pronoun" or bool(words & (REPORTS | ORGANISATIONS | {"researchers", "scientists"}))


def speaks(found: list[Token], place: int, speaker: Phrase, beside: bool) -> bool:
    """Whether the verb reports speech here, as its kind asks."""
    low, after = found[place].low, found[place + 1].low if place + 1 < len(found) else ""
    if (low == "accused" and after == "of") or (low == "declared" and after == "for"):
        return False
    if (after == "by" and low not in PLAIN | {"responded"}) or (
        low in ("told", "tells", "tell") and _names_story(found, place + 1)
    ):
        return False
    if low in ("denied", "denies") and after in ("him", "her", "them", "us", "me"):
        return False
    if low == "alleged" and not _states(found, place + 1):
        return False
    if low == "put" and after != "it":
        return False
    close = beside and touches(found, min(speaker.start - len(speaker.role.split()), place), place + 1)
    if close or (low in WEAK and _reports(found, place, speaker)):
        return True
    if low in STRONG:
        if low in ("wrote", "writes", "write") and (after in _WORKS or not (beside or _tells_where(found, place + 1))):
            return False
        if low in ("claimed", "claims") and not beside and not _holds_verb(found, place + 1):
            return False
        return beside or (low not in NOUNISH and _says_it(found, place))
    return beside and low not in NOUNISH and any(token.kind == "q" for token in found[place : place + 16])


def _says_it(found: list[Token], place: int) -> bool:
    """Whether anything is said at all: not in "said nothing", "says more about"."""
    after = [token.low for token in found[place + 1 : place + 3]]
    return after[:1] not in (["nothing"], ["so"], ["goodbye"], ["hello"], ["yes"], ["volumes"]) and after not in (
        ["more", "about"],
        ["a", "lot"],
        ["much", "about"],
        ["little", "about"],
    )


def _tells_where(found: list[Token], at: int) -> bool:
    """Whether "wrote" has no work for its object: "wrote that", "wrote in a letter", "wrote."."""
    return (
        at >= len(found) or found[at].kind != "w" or found[at].low in ("that", "in", "on", "to", "of", "how", "there")
    )


def _holds_verb(found: list[Token], at: int) -> bool:
    """Whether a clause follows: not in "claimed the first prize"."""
    clause = found[at : at + 14]
    return (
        not clause
        or clause[0].low == "that"
        or clause[0].kind != "w"
        or any(token.low in BE | NOT | {"has", "have", "had", "he", "she", "they", "it"} for token in clause)
    )


def _names_story(found: list[Token], at: int) -> bool:
    """Whether "the story" follows: what tells one is a book or a film."""
    return found[at : at + 1] != [] and any(token.low in ("story", "tale") for token in found[at : at + 3])


def _states(found: list[Token], at: int) -> bool:
    """Whether a clause or a figure follows a verb that is as often an adjective: not in "alleged violations"."""
    if at >= len(found) or found[at].kind != "w" or found[at].capital:
        return True
    return found[at].text[:1].isdigit() or found[at].low in DETERMINERS | PRONOUNS.keys() | {
        "in",
        "there",
        "to",
        "about",
    }


def can_speak(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether words for a speaker that are no name are such as are said to say something.

    Of any other noun only a plain verb of speech tells that, and only where a clause begins with the noun.
    """
    if speaker.kind != "noun":
        return True
    words = found[speaker.start : speaker.end]
    before = found[speaker.start - 1] if speaker.start else None
    if before is not None and before.low in _CONTACT and before.kind == "w":
        return False
    if is_speaker(words):
        return True
    if before is not None and before.text == "," and (place + 1 == len(found) or found[place + 1].text == "."):
        return True
    if found[place].low in _SHOWING or found[place].low not in PLAIN | {"added", "adds", "tells", "writes", "insist"}:
        return False
    begins = before is None or before.kind != "w" or before.low in STOPPERS | DAYS
    return begins and not any(word.low in NOT | BE or re.search("['’]", word.low) for word in words[-1:])


def is_speaker(words: list[Token] | tuple[Token, ...]) -> bool:
    """Whether words hang on a name or on a noun for people, for a body or for a paper."""
    head = head_of(words)
    if any(word.low in ("after", "before", "since", "than", "about") for word in words):
        return False
    forms = {head.low, head.low.removesuffix("s"), head.low.removesuffix("es")}
    if head.low.startswith("al-") or (head.low + "s") in PEOPLE:
        return True
    return (head.capital and len(words) > 1) or (not head.low.endswith("ing") and not forms.isdisjoint(_SPEAKING))


_SPEAKING = ROLES | ORGANISATIONS | REPORTS | PEOPLE | OUTLETS | CROWDS
_WORKS = listed("a an his her their about for")
_CONTACT = listed("something everything anything things thing words what comments remarks")
_SHOWING = listed(
    "show shows showed suggest suggests suggested indicate indicates indicated found reveal reveals revealed"
)
_LINKS = listed("of for at from with by in close familiar near involving regarding concerning including to on who")


def head_of(words: list[Token] | tuple[Token, ...]) -> Token:
    """Returns the word that the words for a speaker hang on: the last before "of", "for" and the like."""
    for place, token in enumerate(words):
        if place and token.low in _LINKS:
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


def _reports(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether an ambiguous verb reports speech here: "added that", "she added.", not "added a player"."""
    at = place + 1
    if found[place].low in ("pointed", "points"):
        if at >= len(found) or found[at].low not in ("out", "to"):
            return False
        at += 1
    if at >= len(found) or found[at].text in ".,":
        return speaker.start > 0 and found[speaker.start - 1].text == ","
    follows = found[at].low
    if found[place].low in ("asked", "asks", "ask"):
        return follows in ("whether", "if", "why", "how", "what", "that")
    if found[at].text == ":":
        return True
    return follows in (
        ["that", "there", "he", "she", "it", "they", "it's", "there's", "we", "if", "how", "whether", "this", "these"]
        if follows != "it"
        else ("it",)
    )
