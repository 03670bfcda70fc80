"""Where quotations stand in a paragraph, and which of them are speech."""

from __future__ import annotations

import re
from bisect import bisect_left

from .tokens import TOKEN, Span, Token
from .words import listed

_OPENERS = {"“": '”"', "„": '“”"', "«": "»", "‟": '”"', '"': '"”', "‘": "’", "'": "'", "‹": "›"}
_DOUBLED = {"’’": "”", "''": '"', "‘‘": "“", "``": "“"}
_ELISIONS = listed("em tis twas til till cause n cos round bout")
_MARKS = re.compile("’’|''|‘‘|``|[“”„‟\"«»‘’'‹›]")


def quotations(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    """Returns the spans of the quotations of one paragraph, marks included, and whether the last never closes.

    Quotations inside others are not given; single marks open one only where a closing one follows.
    """
    marks = [match.span() for match in _MARKS.finditer(text, start, end)]
    closers = {sign: [at for at, _ in marks if text[at] == sign and _closes(text, at, at + 1, end)] for sign in "’'"}
    found: list[Span] = []
    low, opened = -1, ""
    for at, after in marks:
        sign = _DOUBLED.get(text[at:after], text[at])
        if low < 0:
            if sign not in _OPENERS or (found and at < found[-1][1]) or not _opens(text, at, after, start, end):
                continue
            if sign in "‘'":
                close = _single_end(text, at, closers["’" if sign == "‘" else "'"])
                if close is not None:
                    found.append((at, close + 1))
            else:
                low, opened = at, sign
        elif sign in _OPENERS[opened] and _closes(text, at, after, end):
            found.append((low, after))
            low = -1
    if low >= 0:
        found.append((low, end))
    return _outermost(found), low >= 0


def _outermost(found: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for low, high in sorted(found):
        if kept and low < kept[-1][1]:
            if high > kept[-1][1]:
                kept[-1] = (kept[-1][0], high)
            continue
        kept.append((low, high))
    return kept


def _opens(text: str, at: int, after: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    follows = text[after] if after < end else " "
    return not before.isalnum() and before not in ".,!?;%)" and not follows.isspace()


def _closes(text: str, at: int, after: int, end: int) -> bool:
    follows = text[after] if after < end else " "
    return not (follows.isalnum() and (text[at - 1].isspace() or text[at - 1].isalnum()))


def _single_end(text: str, at: int, closers: list[int]) -> int | None:
    """Where a single quotation ends: at the first closing mark that is no apostrophe after a plural's s."""
    word = TOKEN.match(text, at + 1)
    if word is None or not word.group()[0].isalpha() or word.group().lower() in _ELISIONS:
        return None
    first = bisect_left(closers, at + 2)
    last = None
    for close in closers[first : first + 8]:
        if text[close - 1].isspace():
            continue
        if text[close - 1] not in "sS":
            return close
        last = close if last is None else last
    return last


_LOOSE_MARKS = "“”\"‘’'«»„"


def frame(text: str, found: list[Token], quotes: list[Span]) -> list[Token]:
    """Returns the tokens with each quotation that can be speech as one token; marks of the others are dropped."""
    kept: list[Token] = []
    spoken = [
        span for span in quotes if (is_speech(text, *span) and not _is_title(text, *span)) or _is_name(text, *span)
    ]
    if not spoken:
        return [token for token in found if token.kind == "w" or token.text not in _LOOSE_MARKS]
    place = 0
    for token in found:
        while place < len(spoken) and spoken[place][1] <= token.start:
            place += 1
        if place < len(spoken) and spoken[place][0] <= token.start:
            low, high = spoken[place]
            if not kept or kept[-1].start != low:
                kept.append(Token("q", low, high, "", ""))
        elif token.kind == "w" or token.text not in _LOOSE_MARKS:
            kept.append(token)
    return kept


_BEFORE_TITLES = listed("for in of on from to about with by called titled named")


def _is_title(text: str, low: int, high: int) -> bool:
    """Whether a few words in marks are the name of something: 'for "The Harbour," said'."""
    before = text[max(0, low - 12) : low].split()
    return (
        high - low < 60
        and text[high - 2 : high - 1] == ","
        and bool(before)
        and (before[-1].lower() in _BEFORE_TITLES and len(text[low:high].split()) <= 4)
    )


_CALLING = re.compile(
    r"\b(?:called|calls|calling|described|describes|dubbed|branded|labeled|labelled|dismissed|referred to|slammed"
    r"|denounced|condemned|characteri[sz]ed) (?:[^\s.;:!?“”\"]+ ){1,8}\Z"
)


def _is_name(text: str, low: int, high: int) -> bool:
    """Whether a few words in marks are what somebody calls something: 'called the plan "a waste"', no title."""
    inner = text[low:high].strip(_LOOSE_MARKS)
    return inner[:1].islower() and _CALLING.search(text, max(0, low - 90), low) is not None


def is_speech(text: str, low: int, high: int) -> bool:
    """Whether a quotation is long enough, or ends with a sign, so that it can be more than a name or a scare quote."""
    if high - low >= 80:
        return True
    inner = text[low:high].strip("“”„‟\"«»‘’'‹› ")
    return len(inner.split()) > 4 or inner[-1:] in tuple(",.?!…—")
