"""What is written with digits or number words and is no amount: dates, times, addresses, telephone numbers."""

from __future__ import annotations

import re

from .numberwords import ONES, ORDINALS
from .wording import DASH, GAP, HYPHEN, any_of

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_ORD = r"(?:st|nd|rd|th)?"
_DAY_WORD = rf"(?:{any_of([*ORDINALS])}|(?:twenty|thirty){HYPHEN}(?:{any_of([*ORDINALS][:9])}))"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_OTHERS = re.compile(
    rf"""
      https?://\S+ | \bwww\.\S+ | (?<![\w.+-])[\w.+-]{{1,64}}@[\w.-]+
    | (?<!\w)\+[0-9][0-9 ().-]{{6,18}}[0-9] | \([0-9]{{3}}\)[ ]?[0-9]{{3}}-[0-9]{{4}}
    | \b[0-9]{{1,5}}(?:-[0-9]{{2,5}}){{2,}}\b | \b[0-9]{{3}}[-.][0-9]{{4}}\b(?!-)
    | \b0[0-9]{{2,4}}[ ][0-9]{{3,4}}[ ]?[0-9]{{3,4}}\b | \b[0-9]{{3}}\.[0-9]{{3}}\.[0-9]{{4}}\b
    | \b[0-9]{{1,2}}{_ORD}(?:{GAP}?{DASH}{GAP}?[0-9]{{1,2}}{_ORD})?(?:{GAP}of)?
      [ \u00a0-](?:(?i:of){GAP})?{_MONTH}(?!\w)(?:,?{GAP}{_YEAR}\b)?
    | \b{_MONTH}{GAP}[0-9]{{1,2}}(?:,{GAP}[0-9]{{1,2}}\b){{1,10}}(?:,?{GAP}and{GAP}[0-9]{{1,2}}\b)?
      (?!{GAP}\w*[a-z])
    | \b{_MONTH}(?:,?{GAP}|-)(?:(?i:the){GAP})?[0-9]{{1,2}}{_ORD}\b(?![,.]?[0-9]|:[0-9])
      (?:{GAP}?{DASH}{GAP}?[0-9]{{1,2}}{_ORD}\b
        |{GAP}(?:and|to|or){GAP}[0-9]{{1,2}}{_ORD}\b(?!{GAP}\w*[a-z]))?(?:,?{GAP}{_YEAR}\b)?
    | \b{_MONTH}(?:,|{GAP}of)?{GAP}{_YEAR}\b
    | \b(?i:{_DAY_WORD}|[0-9]{{1,2}}{_ORD}){GAP}{_WEEKDAY}\b
    | \b{_WEEKDAY}{GAP}the{GAP}(?:[0-9]{{1,2}}{_ORD}|{_DAY_WORD})\b
    | \b[0-9]{{1,2}}(?::[0-9]{{2}})?{GAP}(?:to|and|or|until|through){GAP}
      [0-9]{{1,2}}(?::[0-9]{{2}})?{GAP}?[ap]\.?m\b\.?
    | \b[0-9]{{1,5}}{GAP}(?:[NSEW]\.?{GAP})?(?:[A-Z]\w{{1,20}}{GAP}){{1,3}}
      (?:St|Street|Ave|Avenue|Blvd|Boulevard|Road|Rd|Drive|Dr|
      Lane|Ln|Highway|Hwy|Way|Court|Ct|Place|Pl|Parkway|Pkwy|Circle|Square)\b
    | \b(?i:{_DAY_WORD}){GAP}(?:of{GAP})?{_MONTH}(?!\w) | \b{_MONTH}{GAP}(?i:{_DAY_WORD})\b
    | \b{_YEAR}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}\b | \b[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-](?:{_YEAR}|[0-9]{{2}})\b
    | \b(?<![0-9][ \u00a0-])[0-9]{{1,4}}/[0-9]{{1,4}}(?:/[0-9]{{1,4}})?\b
    | \b{_YEAR}{DASH}(?:{_YEAR}|[0-9]{{2}})\b(?!,[0-9]) | \b{_YEAR}[’']?s\b | \b[0-9]0[’']?s\b | [’'][0-9]{{2}}s?\b
    | \b(?i:[0-9]{{1,2}}{_ORD}|{_DAY_WORD})[ -](?:to{GAP}[0-9]{{1,2}}th[ -])?(?i:centur(?:y|ies))\b
    | \b[0-9]{{1,4}}{GAP}?(?:BC|BCE|AD|CE)\b | \bAD{GAP}[0-9]{{1,4}}\b
    | \b[0-9]{{1,2}}(?:[:.][0-9]{{2}})?(?:{GAP}?{DASH}{GAP}?[0-9]{{1,2}}(?:[:.][0-9]{{2}})?)?
      {GAP}?-?(?i:a\.m\b\.?|p\.m\b\.?|am\b|pm\b|o[’']clock\b)
    | \b(?i:{any_of(list(ONES)[1:13])})(?:{HYPHEN}thirty)?{GAP}(?i:a\.m\b\.?|p\.m\b\.?|o[’']clock\b)
    | \b[0-9]{{1,4}}(?::[0-9]{{1,3}})+(?:[.,][0-9]+)?\b | \b[0-9]{{4}}{GAP}?(?:GMT|UTC|hours{GAP}local)\b
    | \b[0-9]+(?:\.[0-9]+)?x[0-9]*\b | \[[0-9]{{1,3}}\]
    """,
    re.VERBOSE,
)
_LIST_MARK = re.compile(r"(?:\A|[\r\n])[^\S\r\n]{0,8}\(?[0-9]{1,3}[.)](?=\s)")


def spans_of_others(text: str) -> list[tuple[int, int]]:
    """The spans of dates, times, addresses, telephone numbers and list markers, in order and without overlaps."""
    spans = [match.span() for match in _OTHERS.finditer(text)]
    spans.extend(match.span() for match in _LIST_MARK.finditer(text))
    spans.sort()
    apart: list[tuple[int, int]] = []
    for low, high in spans:
        if apart and low < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], high))
        else:
            apart.append((low, high))
    return apart
