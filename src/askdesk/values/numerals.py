"""Numbers in digits or in words with the scale, the half or the ordinal ending behind them."""

from __future__ import annotations

import re

from .digits import LONGEST_NUMERAL, WRITTEN, number_of
from .model import Amount
from .nouns import FOLLOWING, is_plural
from .numberwords import GLYPHS, ONES, ORDINALS, PARTS, SCALE_WORD, SCALES, TENS
from .unitwords import CURRENCY_BEFORE, MONEY
from .wording import JOINT, spelled

_LARGEST = 10.0**LONGEST_NUMERAL
"""No number word is multiplied beyond that: "million million million" may go on without end."""
_NUMERAL = re.compile(WRITTEN)
_POINT_FIRST = re.compile(rf"\.[0-9]{{1,{LONGEST_NUMERAL - 1}}}")
_TIMES = re.compile("(?P<two>twice)|thrice", re.IGNORECASE)
_WORD_PART = re.compile(rf"(?:{JOINT}(?P<and>and{JOINT})?)?(?P<word>[a-z]+)", re.IGNORECASE)
_AND_HALF = re.compile(rf"{JOINT}and{JOINT}a{JOINT}(?P<part>half|quarter|third)\b", re.IGNORECASE)
_AND_PART = re.compile(r"[ \u00a0-](?P<count>[1-7])/(?P<of>[2-8])(?![0-9/])")
_SCALE = re.compile(
    rf"(?:{JOINT}?(?P<long>{SCALE_WORD}|lakh|crore|millionen|milliarden?|tausend|mln|mn|bn|tn|trn)s?"
    rf"|[^\S\r\n]?(?P<short>[kmb]))\b",
    re.IGNORECASE,
)
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)


def number_in_digits(text: str, at: int, comma: bool | None) -> Amount | None:
    """Reads "10,000", "1.5m", ".5", "4 1/2", "2½", "½" and "21st"; None for a chain of digits that is no number."""
    if text[at] in GLYPHS:
        part = GLYPHS[text[at]]
        return Amount(at, at + 1, part, part, "half")
    written = _NUMERAL.match(text, at)
    number = number_of(written.group(), _comma(text, written, comma)) if written else None
    if written is None and (written := _POINT_FIRST.match(text, at)):
        number = float("0" + written.group())
    if written is None or number is None:
        return None
    end = written.end()
    if end < len(text) and text[end] in GLYPHS:
        number, end = number + GLYPHS[text[end]], end + 1
    elif piece := _AND_PART.match(text, end):
        number, end = number + int(piece["count"]) / int(piece["of"]), piece.end()
    elif half := _AND_HALF.match(text, end):
        number, end = number + 1 / PARTS[spelled(half["part"])], half.end()
    if ordinal := _ORDINAL_END.match(text, end):
        return Amount(at, ordinal.end(), number, number, "ordinal")
    grouped = not text[at:end].isdigit()
    return _scaled(text, Amount(at, end, number, number, "digits", grouped=grouped))


def _comma(text: str, written: re.Match[str], comma: bool | None) -> bool | None:
    """What stands before decimals: a point, where nothing else tells, in "1.765 billion", which no one would group."""
    scale = _SCALE.match(text, written.end())
    return False if comma is None and scale and scale["long"] else comma


def _scaled(text: str, amount: Amount) -> Amount:
    """Multiplies a numeral by the scale words behind it."""
    end, factor = amount.end, 1.0
    for _ in range(2):
        scale = _SCALE.match(text, end)
        if scale is None or (scale["short"] and not _is_short_scale(text, amount, scale)):
            break
        factor *= SCALES[spelled(scale["long"] or scale["short"])]
        end = scale.end()
    if end == amount.end:
        return amount
    number = round(amount.low * factor, 6)
    return Amount(amount.start, end, number, number, amount.form, True, amount.grouped)


def _is_short_scale(text: str, amount: Amount, scale: re.Match[str]) -> bool:
    """Tells 10k, £5m and 5m people from 5 m, 5m long and grade B."""
    if CURRENCY_BEFORE.search(text[max(0, amount.start - 5) : amount.start]):
        return True
    if scale.start("short") > scale.start() or scale["short"] == "b":
        return False
    if scale["short"] == "k":
        return True
    follows = FOLLOWING.match(text, scale.end())
    return bool(follows and (is_plural(follows["word"]) or follows["word"].lower() in MONEY))


def number_in_words(text: str, at: int) -> Amount | None:
    """Reads number words: "twenty-one", "one hundred and fifty thousand", "two and a half", "twenty-first"."""
    if times := _TIMES.match(text, at):
        number = 2.0 if times["two"] else 3.0
        return Amount(at, times.end(), number, number, "times")
    total = current = 0.0
    end, last, scaled = at, "", False
    while part := _WORD_PART.match(text, end):
        word = spelled(part["word"])
        if part.start("word") == part.start() and end != at:
            break
        if part["and"] and last not in ("hundred", "scale"):
            break
        if word in ("a", "an") and end == at:
            last = "a"
        elif word in ORDINALS and (last in ("", "hundred", "scale") or (last == "tens" and ORDINALS[word] < 10)):
            if last == "tens" and text[part.start() : part.start("word")].isspace():
                break
            number = total + current + ORDINALS[word]
            return None if word == "hundredth" and last else Amount(at, part.end(), number, number, "ordinal")
        elif word in TENS and last in ("", "hundred", "scale"):
            current, last = current + TENS[word], "tens"
        elif word in ONES and (last in ("", "hundred", "scale") or (last == "tens" and 0 < ONES[word] < 10)):
            current, last = current + ONES[word], "ones"
        elif word in ("hundred", "dozen") and last in ("a", "ones", "tens"):
            current, last, scaled = (current or 1.0) * SCALES[word], "hundred", True
        elif word in ("thousand", "million", "billion", "trillion", "lakh", "crore") and last:
            if last == "scale" and total * SCALES[word] > _LARGEST:
                break
            if last == "scale":
                total *= SCALES[word]
            else:
                total += (current or 1.0) * SCALES[word]
            current, last, scaled = 0.0, "scale", True
        else:
            break
        end = part.end()
    if last in ("", "a"):
        return None
    number = total + current
    if half := _AND_HALF.match(text, end):
        number += 1 / PARTS[spelled(half["part"])]
        return _scaled(text, Amount(at, half.end(), number, number, "words"))
    return Amount(at, end, number, number, "words", scaled)
