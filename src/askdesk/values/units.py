"""The unit that goes with an amount: told from words that only look like one."""

from __future__ import annotations

import re

from .model import Amount, Unit
from .unitwords import DURATIONS, MEASURES, MONEY, SIGNS, SQUARE, UNIT, WHOSE
from .wording import GAP, HYPHEN, HYPHENS, spelled

_TIGHT = frozenset({"m", "ha", "mb", "gb", "tb", "mw", "gw", "kw"})
"""Units that are also words or letters: taken only behind digits, on the same line and without a plural."""
_SHORT_TIMES = frozenset({"sec", "min", "hr", "yr"})
_OF_MANY_LANDS = frozenset({"dollar", "pound", "rupee", "peso", "franc", "lira", "krona", "kronor", "kroner"})
"""Words for money that need the land's name for a code other than the usual one."""
_PLAIN_OF = re.compile(rf"{GAP}of(?={GAP})", re.IGNORECASE)
_TIGHT_AFTER = re.compile(rf"(?:\+|{HYPHEN}(?:plus|odd))(?={GAP})", re.IGNORECASE)
_OF_ONE_PERCENT = re.compile(
    rf"{GAP}of{GAP}(?:one{GAP}per{GAP}?cent\b|a{GAP}per(?:{GAP}?cent|centage (?P<point>point))\b)"
)
_WEIGHED = re.compile(rf"{GAP}of\b(?!{GAP}(?:aid|debt))|{HYPHEN}")


def currency_code(match: re.Match[str]) -> str:
    """Returns the code of a match of ``CURRENCY_BEFORE``."""
    return SIGNS[match["sign"]] if match["sign"] else match["code"]


def unit_behind(text: str, amount: Amount, code: str) -> Unit:
    """Reads the unit behind a numeral; ``code`` is the currency that stood before it."""
    if code:
        return Unit("money", code, amount.end)
    if amount.form == "part":
        of = _OF_ONE_PERCENT.match(text, amount.end)
        if of:
            return Unit("percent", "percentage point" if of["point"] else "percent", of.end(), 0.01)
        return Unit("percent", "percent", amount.end)
    if amount.form == "times":
        return Unit("number", "times", amount.end)
    at = amount.end
    if amount.scaled and (plain := _PLAIN_OF.match(text, at)):
        at = plain.end()  # "tens of millions of dollars"
    if late := _TIGHT_AFTER.match(text, at):
        at = late.end()
    match = UNIT.match(text, at)
    return (_told(text, amount, match) if match else None) or Unit("number", "", amount.end)


def _told(text: str, amount: Amount, match: re.Match[str]) -> Unit | None:
    """Returns the unit of a match of ``UNIT``; None where it is another word."""
    end = match.end()
    if match["points"]:
        return Unit("percent", "percentage point", end)
    if match["basis"]:
        return Unit("percent", "basis point", end)
    if match["percent"]:
        return Unit("percent", "percent", end)
    if match["sign"]:
        return Unit("money", SIGNS[match["sign"]], end)
    if match["code"]:
        # Codes are capitals; the pattern is not, and "try" and "all" are words.
        return Unit("money", match["code"], end) if match["code"].isupper() else None
    if match["money"]:
        return _money(text, amount, match)
    if match["square"] or match["squared"]:
        return Unit("measure", SQUARE[spelled(match["square"] or match["squared"])], end)
    if match["measure"]:
        return _measure(text, amount, match)
    if match["duration"]:
        return _duration(text, amount, match)
    return _times(amount, match)


def _money(text: str, amount: Amount, match: re.Match[str]) -> Unit:
    word, whose = spelled(match["money"]), spelled(match["whose"] or "")
    if word == "pound" and not whose:
        money = amount.scaled or "£" in text or "sterling" in text
        if not money or _WEIGHED.match(text, match.end()):
            return Unit("measure", "lb", match.end())
    return Unit("money", WHOSE[whose] if whose and word in _OF_MANY_LANDS else MONEY[word], match.end())


def _measure(text: str, amount: Amount, match: re.Match[str]) -> Unit | None:
    word, written, gap = spelled(match["measure"]), match["measure"], match["gap"] or ""
    if word in ("c", "f"):
        plain = written.isupper() and amount.form == "digits" and not amount.scaled and not match["plural"]
        fits = plain and (gap == "" or (gap == " " and "°" in text))
    elif word in _TIGHT:
        fits = not match["plural"] and "\n" not in gap and amount.form == "digits" and (word != "m" or written == "m")
    else:
        fits = True
    if len(word) > 2 and written[0].isupper() and "\n" in gap:
        fits = False  # the next line begins with a heading's word
    return Unit("measure", MEASURES[word], match.end()) if fits else None


def _duration(text: str, amount: Amount, match: re.Match[str]) -> Unit | None:
    word, written, gap = spelled(match["duration"]), match["duration"], match["gap"] or ""
    if (word in _SHORT_TIMES and not written.islower()) or ("\n" in gap and written[0].isupper()):
        return None
    if DURATIONS[word] == "second" and gap != "-" and amount.low != 1 and text[match.end() - 1] != "s":
        return None  # an ordinal
    return Unit("duration", DURATIONS[word], match.end())


def _times(amount: Amount, match: re.Match[str]) -> Unit | None:
    word, hyphen = spelled(match["times"]), (match["gap"] or " ") in HYPHENS
    fits = word == "fold" or (hyphen and amount.low != 1 if word == "time" else not hyphen)
    return Unit("number", "times", match.end()) if fits else None
