"""The noun that is counted, and its plural."""

from __future__ import annotations

import re

from .numberwords import ONES, ORDINALS, SCALES, TENS, VAGUE_WORD
from .wording import GAP, HYPHENS, JOINT, listed, table

NEXT_WORD = re.compile(rf"(?P<gap>{JOINT})(?P<word>[^\W\d_][\w’'-]*)")
FOLLOWING = re.compile(rf"{GAP}(?P<word>[^\W\d_]+(?:[’'-][^\W\d_]+)*)")
OF = re.compile(rf"{GAP}of(?:{GAP}(?:all|the|its|his|her|their|our|my|your|these|those|some))?(?={GAP})", re.IGNORECASE)
FUNCTION = listed(
    "a an the this that these those it its he his him she her they their them we our us you your i my me who whom "
    "whose which what where when while why how and or nor but yet so if than then as at by for from in into of off on "
    "onto out over per since through throughout to toward towards under until up upon via with within without about "
    "above across after against along amid among around before behind below beneath beside between beyond despite "
    "down during except inside near outside plus like unlike versus vs is are was were be been being am has have had "
    "having do does did doing will would shall should can could may might must not no never also only just even still "
    "again ago away back here there now soon later earlier said says say told tells came come comes went go goes got "
    "made make makes took take takes gave give gives because although though unless whether both each every either "
    "neither any some all another such too very much many more most less least few fewer several last next past found "
    "left lost held won today yesterday tomorrow tonight almost nearly alone together apart instead however meanwhile "
    "according percent per-cent including following s yes perhaps maybe always often once"
)
_IRREGULAR = table(
    "people=person men=man women=woman children=child feet=foot teeth=tooth mice=mouse geese=goose lives=life "
    "wives=wife knives=knife criteria=criterion policemen=policeman servicemen=serviceman gunmen=gunman "
    "fishermen=fisherman congressmen=congressman businessmen=businessman wolves=wolf halves=half"
)
_UNMARKED = listed(
    "police personnel cattle aircraft staff crew militia youth data media fish sheep deer spacecraft series species "
    "dead wounded injured missing homeless hostage"
)
_HARMED = listed("dead wounded injured missing")
"""The harmed: a number may count them or, where a plural follows, stand with them before it (10 dead soldiers)."""
_COUNTING = frozenset([*ONES, *TENS, *SCALES, *ORDINALS, "twice", "thrice"]) | listed(VAGUE_WORD.replace("|", " "))
_NOT_PLURAL = re.compile(r"(?:ous|ss|us|is|[’']s)$")
"""Endings in s that are no plural."""
_ADJECTIVE = re.compile(
    r"(?:ish|ese|al|ic|ive|ous|ful|less|ed|ing|able|ible|ary|iest|est|ly)$|^(?:new|old|more|other|small|big|"
    r"large|young|senior|top|former|major|key|main|great|good|bad|long|short|high|low|single|simple|clear|recent)$"
)


def is_plural(word: str) -> bool:
    """Whether a word may be the plural of a noun, by its form."""
    lower = word.lower()
    if lower in _IRREGULAR or lower in _UNMARKED:
        return True
    return lower.endswith("s") and len(lower) > 2 and not _NOT_PLURAL.search(lower) and lower not in FUNCTION


def singular(noun: str) -> str:
    """Returns a lower-case noun without the ending of its plural; an irregular one by the table."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun in _UNMARKED or not noun.endswith("s") or _NOT_PLURAL.search(noun):
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("sses", "shes", "ches", "xes", "zes")) else noun[:-1]


def noun_behind(text: str, at: int, counted: float) -> tuple[str, int]:
    """Returns the head noun counted by the number that ends at ``at``, and where it ends; ("", at) if none is seen.

    More than one is counted by a plural within five words, one by the last word before a function word.
    """
    of = OF.match(text, at)
    end = of.end() if of else at
    best, last, steps = "", at, 0
    while steps < 5 and (match := NEXT_WORD.match(text, end)):
        word, lower = match["word"], match["word"].lower().rstrip("’'-")
        if (
            lower in FUNCTION
            or lower.split("-")[0] in _COUNTING
            or lower.endswith(("'s", "’s"))
            or ("\n" in match["gap"] and word[0].isupper())
        ):
            break
        end, steps = match.end(), steps + 1
        stop = match.start("word") + len(lower)
        if match["gap"] in HYPHENS and steps == 1:
            # "A 10-person team" counts persons; what follows is the team.
            return (lower, stop) if lower.isalpha() and lower not in ("strong", "plus") else ("", at)
        if counted == 1:
            if word[0].islower() and not _ADJECTIVE.search(lower):
                best, last = lower, stop
            if steps == 3:
                break
        elif word[0].islower() and is_plural(lower):
            after = FOLLOWING.match(text, end)
            if lower in _HARMED and after and after["word"][0].islower() and is_plural(after["word"]):
                continue
            return lower.split("-")[-1], stop
        if text[end : end + 1] not in (" ", "\u00a0", "-", "\n", "\r"):
            break
    return best, last
