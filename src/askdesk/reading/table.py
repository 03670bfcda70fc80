"""Tables as comma-separated values: the canonical text is the decoded source, unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import Span
from ..types import Mark, Reading
from .encoding import decode

_VOICE = re.compile(r"(?:said|given|stated|claimed|told|reported)\s+by|according\s+to|speaker|voice", re.IGNORECASE)
"""Headings of the column that says whose words or figures a row has. "Source" is not one: it is as often a file."""

_DELIMITERS = ",;\t"
_LINE = re.compile(r"[^\r\n]+")


def read_table(data: bytes, name: str) -> Reading:
    """Returns the decoded source; it has neither headings nor furniture.

    Where a column says who gives what stands in a row ("given by", "speaker"), the other cells are marked with that.
    """
    text = decode(data, name)
    return Reading(text, marks=tuple(_given(text)))


def _given(text: str) -> Iterator[Mark]:
    """Yields the cells of rows that say who gives them, with who that is; a row of several lines is left out."""
    lines = [match.span() for match in _LINE.finditer(text)]
    if not lines:
        return
    delimiter = max(_DELIMITERS, key=text[slice(*lines[0])].count)
    heads = _cells(text, lines[0], delimiter)
    voices = [at for at, cell in enumerate(heads) if _VOICE.fullmatch(text[slice(*cell)].strip())]
    if len(voices) != 1:
        return
    for line in lines[1:]:
        cells = _cells(text, line, delimiter)
        if len(cells) == len(heads) and (voice := text[slice(*cells[voices[0]])].strip()):
            for at, (start, end) in enumerate(cells):
                if at != voices[0] and start < end:
                    yield Mark("given", start, end, voice)


def _cells(text: str, line: Span, delimiter: str) -> list[Span]:
    """Returns where the cells of a line stand, without the quotation marks around them (RFC 4180)."""
    cell = re.compile(rf'"((?:[^"]|"")*)"(?={delimiter}|$)|([^{delimiter}]*)')
    found = []
    at, end = line
    while at <= end:
        match = cell.match(text, at, end)
        assert match is not None  # the second branch matches nothing at all, too
        found.append(match.span(1) if match.group(1) is not None else match.span(2))
        at = match.end() + 1
    return found
