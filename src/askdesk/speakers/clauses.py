"""What follows a verb of speech: a clause, a figure or an object, over the words for when and where it was said."""

from __future__ import annotations

from itertools import pairwise

from .phrases import Phrase, is_body
from .tokens import SITES, Token
from .words import (
    BE,
    DAYS,
    DETERMINERS,
    LATELY,
    MONTHS,
    NOT,
    PREPOSITIONS,
    PRONOUNS,
    REPORTS,
    STOPPERS,
    TIMES,
    VERBS,
    listed,
)

_FINITE = listed("is are was were has have had will would can could may might must should won’t can’t") | {
    word for word in NOT | BE if word.endswith(("n't", "n’t"))
}
_NEW = listed("who which whose whom where when after before to as because than and but or until so if")
"""Words after which a verb belongs to another clause, or is no finite one."""
_STARTS = listed("that there he she it they it's it’s there's there’s we if how whether this these i you")
_OF_SEVERAL = listed("are were have will would can could may might must should")
_REACH = 14
_EXPECTING = listed("expects expect projects projected forecasts")
_ALERTING = listed("alerted notified")
_ADVICE = listed("advises advised advise recommends recommended recommend urges urged urge vows vow pledges promises")
_SHOWN = listed("suggest suggests suggested show shows showed indicate indicates indicated reveal reveals")
_FACTS = listed("records documents data figures filings poll survey study report analysis papers emails")
_THINKING = listed("think thinks believe believes")
_FEELINGS = listed(
    "concern concerns fear fears hope hopes doubt doubts worry worries confidence optimism belief regret possibility"
)
_NO_OBJECT = listed(
    "nothing highly little twice ahead again to on by for from live with in of about so him her them me us"
)
_ASKED = listed("whether if how why what")
_LOOSE = (STOPPERS | DETERMINERS) - _ASKED
_BEGINS = DETERMINERS | PRONOUNS.keys() | {"in", "there", "to", "about"}
_FIGURES = listed("at more nearly about no all almost over fewer around")


def past_times(found: list[Token], at: int) -> int:
    """Returns the place after the words that tell when: "on Monday", "last week", "in 2021", "yesterday"."""
    while at < len(found):
        low, after = found[at].low, found[at + 1].low if at + 1 < len(found) else ""
        if low in DAYS and after in TIMES:
            at += 2
        elif (
            low in DAYS or low in ("today", "yesterday", "later", "recently") or (low == "earlier" and after != "this")
        ):
            at += 1
        elif low in LATELY and after in TIMES | DAYS | MONTHS:
            at += 2
        elif low == "earlier" and after == "this":
            at += 1
        elif low == "on" and after in DAYS:
            at += 2
        elif low in ("on", "in") and after.removeprefix("mid-") in MONTHS:
            at += 3 if at + 2 < len(found) and found[at + 2].text.isdigit() else 2
        elif low == "in" and after.isdigit() and len(after) == 4:
            at += 2
        else:
            break
    return at


def clause_follows(found: list[Token], at: int) -> bool:
    """Whether a clause with or without "that" begins at ``at``, perhaps after "in a report" and the like."""
    clause = found[at : at + _REACH]
    if not clause or clause[0].kind != "w":
        return False
    if clause[0].low in _STARTS:
        return True
    if clause[0].low in ("in", "on", "during", "via", "at", "to"):
        words = [token.low if token.kind == "w" else "" for token in clause[:10]]
        return "that" in words and "" not in words[: words.index("that")]
    joined = False
    for place, token in enumerate(clause):
        joined = joined or (token.low == "and" and place > 0)
        if token.kind != "w" or (token.low in _NEW - {"and"} and place):
            return False
        if joined and (token.low in VERBS or token.low == "that" or token.low.endswith("ed")):
            return False
        if place and (token.low in _FINITE or (token.low in PRONOUNS and clause[place - 1].low not in PREPOSITIONS)):
            # "found the quay and the hall were safe": not "found a ship and was glad"
            return not joined or token.low in _OF_SEVERAL
    return False


def says_it(found: list[Token], place: int) -> bool:
    """Whether anything is said at all: not in "said nothing", "says more about"."""
    after = [token.low for token in found[place + 1 : place + 3]]
    return after[:1] not in (["nothing"], ["so"], ["goodbye"], ["hello"], ["yes"], ["volumes"]) and after not in (
        ["more", "about"],
        ["a", "lot"],
        ["much", "about"],
        ["little", "about"],
    )


def tells_where(found: list[Token], at: int) -> bool:
    """Whether "wrote" has no work for its object: "wrote that", "wrote in a letter", "wrote."."""
    return (
        at >= len(found) or found[at].kind != "w" or found[at].low in ("that", "in", "on", "to", "of", "how", "there")
    )


def holds_verb(found: list[Token], at: int) -> bool:
    """Whether a clause follows "claimed": not in "claimed the first prize"."""
    at = past_times(found, at)
    clause = found[at : at + _REACH]
    return (
        not clause
        or clause[0].low == "that"
        or clause[0].kind != "w"
        or any(token.low in BE | NOT | {"has", "have", "had", "he", "she", "they", "it"} for token in clause)
    )


def names_story(found: list[Token], at: int) -> bool:
    """Whether "the story" follows: what tells one is a book or a film."""
    return found[at : at + 1] != [] and any(
        token.low in ("story", "tale", "stories", "tales") for token in found[at : at + 3]
    )


def states(found: list[Token], at: int) -> bool:
    """Whether a clause or a figure follows a verb that is as often an adjective: not in "alleged violations"."""
    if at >= len(found) or found[at].kind != "w" or found[at].capital:
        return True
    return found[at].text[:1].isdigit() or found[at].low in _BEGINS


def reports(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether an ambiguous verb reports speech here: "added that", "she added.", not "added a player"."""
    low, at = found[place].low, place + 1
    if low in ("pointed", "points"):
        if at >= len(found) or found[at].low not in ("out", "to"):
            return False
        at += 1
    if low in ("projects", "forecasts") and speaker.kind == "noun" and not is_body(found, speaker):
        return False
    when = past_times(found, at)
    begins = _begins(found, speaker)
    if when >= len(found) or found[when].text in (".", ","):
        # "…, she added.", "As Hill noted on Monday, …"
        return (
            begins is not None and (begins.text == "," or begins.low == "as") and low not in ("expected", "projected")
        )
    if low in ("asked", "asks", "ask"):
        return found[at].low in ("whether", "if", "why", "how", "what", "that")
    if found[speaker.start].low == "it" and low in _SHOWN:
        return False
    if (found[at].text == ":" and low not in _EXPECTING) or clause_follows(found, when):
        return True
    if low in _SHOWN and found[at].capital and _FACTS.intersection(t.low for t in found[speaker.start : speaker.end]):
        return True
    if low in _THINKING:
        loose = begins is None or begins.kind != "w" or begins.low in _LOOSE
        return loose and _object(found, at) and all(token.kind == "w" for token in found[at : at + 4])
    if low in _EXPECTING:
        return found[at].low != "to" and _object(found, at) and any(token.low == "to" for token in found[at : at + 10])
    if low in _ALERTING:
        return any(token.low == "that" for token in found[at : at + 6])
    if low in ("reported", "recalled", "recalls", "recommends", "recommended", "recommend") and _is_doing(found[at]):
        return True
    if low in _ADVICE:
        return any(token.low in ("to", "not") for token in found[at : at + 6]) or found[at].low == "against"
    if low == "reported":
        return _figure(found, at) or (_body_or_paper(found, speaker) and _object(found, at))
    return low in ("found", "finds") and (_paper(found, speaker) or is_site(found, speaker)) and _object(found, at)


def is_site(found: list[Token], speaker: Phrase) -> bool:
    """Whether the words name a site: "orsa.com"."""
    return found[speaker.end - 1].low.endswith(SITES)


def _begins(found: list[Token], speaker: Phrase) -> Token | None:
    """What stands before the words for a speaker, and before whoever owns them: "…, Norland's Ice Desk reported."."""
    at = speaker.start - 1
    if at > 0 and (found[at].owner or found[at].text == "/"):
        far = at - _REACH
        while at > far and at > 0 and (found[at].kind == "w" or found[at].text == "/"):
            at -= 1
    return found[at] if at >= 0 else None


def _is_doing(token: Token) -> bool:
    return token.low.endswith("ing") and len(token.low) > 4 and token.text.islower()


def expresses(found: list[Token], place: int) -> bool:
    """Whether a noun or an adjective after the verb reports speech: "raised fears that", "made it clear from"."""
    after = [token.low for token in found[place + 1 : place + 8] if token.kind == "w"]
    if found[place].low in ("made", "makes"):
        at = 1 if after[:1] == ["it"] else 0
        at += after[at : at + 1] in (["very"], ["abundantly"], ["quite"], ["perfectly"])
        return after[at : at + 1] in (["clear"], ["plain"]) and (at > 0 or after[1:2] == ["that"])
    return any(one in _FEELINGS and other == "that" for one, other in pairwise(after))


def _figure(found: list[Token], at: int) -> bool:
    """Whether a figure is reported: "reported 60 cases", "reported a profit of $3 million"."""
    return found[at].low in _FIGURES or (
        found[at].low not in PREPOSITIONS
        and any(token.text[:1].isdigit() or token.text == "$" for token in found[at : at + 6])
    )


def _object(found: list[Token], at: int) -> bool:
    """Whether words for a thing follow, not a preposition or a person: "reported delays", not "reported to"."""
    return found[at].kind == "w" and found[at].low not in _NO_OBJECT


def _paper(found: list[Token], speaker: Phrase) -> bool:
    words = [token.low for token in found[speaker.start : speaker.end]]
    return bool(REPORTS.intersection(words))


def _body_or_paper(found: list[Token], speaker: Phrase) -> bool:
    named = (
        speaker.end - speaker.start <= 2
        and len(found[speaker.end - 1].text) > 1
        and found[speaker.end - 1].text.isupper()
    )
    return named or is_body(found, speaker) or _paper(found, speaker)
