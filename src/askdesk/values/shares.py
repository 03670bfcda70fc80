"""Halves, fractions and ratios: parts of a whole, put as percentages or as a number of units."""

from __future__ import annotations

import re

from .model import Amount
from .nouns import FOLLOWING, FUNCTION
from .numberwords import ONES, PARTS, SCALE_WORD, SCALES, TENS
from .unitwords import UNIT
from .wording import GAP, HYPHEN, HYPHENS, JOINT, any_of, spelled

_HALF_A = re.compile(rf"(?:a{JOINT}half|half(?:{JOINT}an?)?){JOINT}(?P<scale>{SCALE_WORD})\b", re.IGNORECASE)
_HALF_OF_UNIT = re.compile(rf"half{JOINT}an?(?={GAP}\w)|a{JOINT}half(?={HYPHEN}\w)", re.IGNORECASE)
_HALF_OF = re.compile(rf"half(?={GAP}(?:of|the|its|their|his|her|our|my|your|all|those|these|that)\b)", re.IGNORECASE)
_HALF_ALONE = re.compile(rf"half(?!{JOINT}?(?:an?|time|hour|mile|year|dozen)\b)(?!\w)", re.IGNORECASE)
_SHARE_BEFORE = re.compile(
    r"\b(?:more than|less than|fewer than|about|around|roughly|nearly|almost|just over|just under|over|at least)"
    r"\s{1,3}$",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?P<count>an?|{any_of(list(ONES)[1:10])}|[0-9]{{1,2}}){JOINT}(?P<part>{any_of(PARTS)})(?P<plural>s?)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"(?P<count>{any_of(list(ONES)[1:11])}|[0-9]{{1,3}})"
    rf"{GAP}(?:in|(?P<of>out{GAP}of|of{GAP}every))(?:{GAP}every)?{GAP}"
    rf"(?P<whole>{any_of([*list(ONES)[2:], *TENS])}|[0-9]{{1,3}}(?:,[0-9]{{3}})*)(?![\w%.,:]*[0-9])(?!\w)",
    re.IGNORECASE,
)
_OF = re.compile(rf"{GAP}of\b", re.IGNORECASE)
_OF_A = re.compile(rf"{GAP}of{GAP}an?(?={GAP}(?P<word>\w+))", re.IGNORECASE)


def share_at(text: str, at: int) -> Amount | None:
    """Reads the share, ratio or half that begins at ``at``; None where there is none."""
    if match := _HALF_A.match(text, at):
        number = SCALES[spelled(match["scale"])] / 2
        return Amount(at, match.end(), number, number, "words", scaled=True)
    if (match := _RATIO.match(text, at)) and not UNIT.match(text, match.end()):
        count, among = _small(match["count"]), _small(match["whole"])
        if 0 < count < among and (count == 1 or among % 5 == 0 or match["of"]):
            return Amount(at, match.end(), 100 * count / among, 100 * count / among, "part")
    if (match := _FRACTION.match(text, at)) and _is_fraction(text, match):
        return _fraction(text, match)
    if match := _HALF_OF.match(text, at):
        return Amount(at, match.end(), 50.0, 50.0, "part")
    alone = _HALF_ALONE.match(text, at)
    if alone and _SHARE_BEFORE.search(text[max(0, at - 16) : at]):
        return Amount(at, alone.end(), 50.0, 50.0, "part")
    if match := _HALF_OF_UNIT.match(text, at):
        return Amount(at, match.end(), 0.5, 0.5, "half")
    return None


def _small(word: str) -> float:
    """Returns the number of a numeral or of one word; an article is one."""
    plain = spelled(word).replace(",", "")
    return float(plain) if plain.isdigit() else float(({"a": 1, "an": 1} | ONES | TENS)[plain])


def _fraction(text: str, match: re.Match[str]) -> Amount:
    """Makes a share of a fraction, or a number where it is one of a scale word ("a quarter of a million") or a unit."""
    start, end = match.span()
    share = 100 * _small(match["count"]) / PARTS[spelled(match["part"])]
    whole = _OF_A.match(text, end)
    scale = SCALES.get(spelled(whole["word"])) if whole else None
    if whole and scale:
        number = round(share / 100 * scale, 6)
        return Amount(start, whole.end("word"), number, number, "words", scaled=True)
    if whole and UNIT.match(text, whole.end()):
        return Amount(start, whole.end(), share / 100, share / 100, "half")
    return Amount(start, end, share, share, "part")


def _is_fraction(text: str, match: re.Match[str]) -> bool:
    """Tells "a third of" and "two-thirds" from "a third attempt" and "three quarters in a row"."""
    count, part, plural, end = spelled(match["count"]), spelled(match["part"]), bool(match["plural"]), match.end()
    many = count not in ("a", "an", "one", "1")
    if part == "halve":
        return many
    if count == "one" and not plural and part != "quarter":
        return True
    if part == "half" and not many:
        return count == "one" or _OF.match(text, end) is not None
    if many or plural:
        return many and plural
    follows = FOLLOWING.match(text, end)
    return text[end : end + 1] not in tuple(HYPHENS) and (follows is None or follows["word"].lower() in FUNCTION)
