"""Markdown: the canonical text is the decoded source, unchanged; headings are marks, front matter tells of the text."""

from __future__ import annotations

import re

from ..types import Mark, Reading
from .about import about, from_front_matter
from .encoding import decode

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_LONGEST_HEADING = 500


def read_markdown(data: bytes, name: str) -> Reading:
    """Returns the source with a mark on the words of each heading (``#`` or underlined) outside code.

    A block of ``key: value`` lines between two lines ``---`` at the start is front matter: it is marked as furniture,
    and title, publisher, date, updated and url are taken from it. The first heading of level 1 is the title otherwise.
    """
    text = decode(data, name)
    front, facts = from_front_matter(text)
    marks = [Mark("furniture", 0, front, "front matter")] if front else []
    marks += _headings(text, front)
    first = next((mark for mark in marks if mark.kind == "heading" and mark.value == "1"), None)
    if first is not None:
        facts = facts.or_else(about("first heading", title=text[first.start : first.end]))
    return facts.reading(text, tuple(marks))


def _headings(text: str, start: int) -> list[Mark]:
    marks: list[Mark] = []
    fence = ""
    before: tuple[int, int] | None = None  # the line above, while it can still be underlined into a heading
    for match in _LINE.finditer(text, start):
        line = match.group().rstrip("\r\n")
        if fence:
            if line.strip() and set(line.strip()) == {fence[0]} and len(line.strip()) >= len(fence):
                fence = ""
            continue
        opened = _FENCE.match(line)
        if opened:
            fence, before = opened[1], None
            continue
        heading = _ATX.match(line)
        underlined = _UNDERLINE.match(line)
        if heading:
            words = line[heading.end() :].rstrip()
            closing = _CLOSING.search(words[-100:])
            end = len(words) - (len(closing.group()) if closing else 0)
            at = match.start() + heading.end()
            marks.append(Mark("heading", at, at + end, str(len(heading[1]))))
            before = None
        elif underlined and before:
            marks.append(Mark("heading", *before, "1" if underlined[1][0] == "=" else "2"))
            before = None
        else:
            words = line.strip()
            at = match.start() + len(line) - len(line.lstrip())
            plain = words and len(words) <= _LONGEST_HEADING and words[0] not in "-*+>|"
            before = (at, at + len(words)) if plain else None
    return marks
