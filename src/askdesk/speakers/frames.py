"""The sentences of a document outside its quotations, each quotation one token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text import sentences
from .attributions import attributions
from .quotations import frame, quotations
from .tokens import Span, Token, tokens
from .words import NOT_NAMES

_SIGNS = "“”„‟\"«»‘’'‹›"
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)")
_BREAK = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence outside quotations: its tokens, its place, its paragraph, and whether it is quotation alone."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int
    pure: bool
    goes_on: bool


def read(text: str) -> tuple[list[Frame], list[list[Token]]]:
    """The frames of a text, and the tokens of its paragraphs with nothing left out."""
    frames: list[Frame] = []
    raw: list[list[Token]] = []
    carried = False
    for number, spans in enumerate(_paragraphs(text)):
        start, end = spans[0][0], spans[-1][1]
        found = tokens(text, start, end)
        raw.append(found)
        quotes, unclosed = quotations(text, start, end)
        goes_on = carried and bool(quotes) and quotes[0][0] <= start + 1
        for low, high, made in _framed(text, frame(text, found, quotes), spans, quotes):
            pure = any(t.kind == "q" for t in made) and not any(t.kind == "w" for t in made)
            frames.append(Frame(low, high, tuple(made), number, pure, goes_on and low == start))
        carried = unclosed
    return frames, raw


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Groups sentences into paragraphs: at blank lines, and at every line break unless the lines are wrapped."""
    block: list[Span] = []
    for span in sentences(text):
        if block and _BLANK_LINE.search(text, block[-1][1], span[0]):
            yield from _by_lines(text, block)
            block = []
        block.append(span)
    if block:
        yield from _by_lines(text, block)


def _by_lines(text: str, block: list[Span]) -> Iterator[list[Span]]:
    if any(_BREAK.search(text, *span) for span in block):
        yield block
        return
    line: list[Span] = []
    for span in block:
        if line and _BREAK.search(text, line[-1][1], span[0]):
            yield line
            line = []
        line.append(span)
    yield line


def _framed(
    text: str, found: list[Token], spans: list[Span], quotes: list[Span]
) -> Iterator[tuple[int, int, list[Token]]]:
    """Cuts the tokens of a paragraph into sentences: where a sentence ends outside of quotations, and after a
    quotation that ends one, unless what follows is its attribution."""
    ends = [high for _, high in spans]
    passed = 0
    made: list[Token] = []
    for place, token in enumerate(found):
        made.append(token)
        after = found[place + 1] if place + 1 < len(found) else None
        if after is not None:
            while passed < len(ends) and ends[passed] < token.end:
                passed += 1
            at_end = passed < len(ends) and ends[passed] <= after.start
            if token.kind == "w" and not at_end:
                continue
            if token.kind == "q":
                last = text[token.start : token.end].rstrip("\"'”’»“ ")[-1:]
                if last not in (".", "?", "!", "…") or after.kind == "p" or after.text[:1].islower():
                    continue
                if last != "." and _tagged(found, place + 1):
                    continue
            elif token.text in (".", "?", "!", "…"):
                if after.text[:1].islower() or (after.kind == "p" and after.text not in "-–—•*[("):
                    continue
                if after.kind != "q" and not at_end:
                    continue
            elif not at_end or after.text[:1].islower() or _is_hour(found, place):
                continue
        low, high = made[0].start, made[-1].end
        while low > spans[0][0] and text[low - 1] in _SIGNS:
            low -= 1
        while (
            high < spans[-1][1] and text[high] in _SIGNS and (high + 1 == spans[-1][1] or not text[high + 1].isalnum())
        ):
            high += 1
        yield low, high, made
        made = []


def _is_hour(found: list[Token], place: int) -> bool:
    """Whether the full stop of an hour ends no sentence: "his 9 a.m. Orsa Air flight"."""
    if found[place].text.lower() not in ("a.m.", "p.m.") or place + 2 >= len(found):
        return False
    after, second = found[place + 1 : place + 3]
    return after.capital and (after.low not in NOT_NAMES or after.text.isupper()) and second.capital


def _tagged(found: list[Token], place: int) -> bool:
    """Whether a short attribution begins here: "Hill said", after a quotation that ends with a question mark."""
    made = attributions([Token("q", 0, 0, "", ""), *found[place : place + 8]])
    return any(one.verb <= 5 for one in made)
