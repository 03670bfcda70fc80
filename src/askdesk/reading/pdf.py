"""PDF: the text of its pages in order, by pypdfium2, the only file that imports it.

pdfium is not thread-safe: everything here that calls it holds one lock.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from threading import Lock
from typing import Any

from ..errors import UnreadableDocument
from ..types import Mark, Reading
from .about import about
from .encoding import MAX_CHARACTERS, too_long, without_surrogates
from .pdf_size import MOST_CHARACTERS, check_size

Box = tuple[int, float, float, float, float]
"""Page (1-based), left, bottom, right, top; in points from the page's lower left corner."""

_LOCK = Lock()
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD in pdfium's public/fpdfview.h
_MADE_TITLE = re.compile(r"untitled|microsoft word - |.*\.(?:docx?|pdf|indd|qxd|tex|dvi|odt|rtf|html?)$", re.IGNORECASE)
# A gap between two lines that is this much taller than the usual one of the page parts paragraphs.
_PARAGRAPH_GAP = 1.35
# Typesetters put lines of one paragraph about this many type heights apart.
_LEADING = 1.15
_SAME_GAPS = 3
# Type this much larger than the usual one of the document makes a heading.
_HEADING_SIZE = 1.15
_LONGEST_HEADING = 300
_TITLE_WITHIN = 1000
# How many lines at the top and the bottom of a page may be its running head.
_EDGE = 2
# A full line without the end of a sentence, at the end of a page: its paragraph goes on overleaf.
_BROKEN_OFF = re.compile(r".{45}[^.!?…:;\"'”’)\]]$")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\s]*\d{1,4}(?:\s*[/|]\s*\d{1,4})?[-–—|\s]*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its characters, the index of each in pdfium's list, its lower edge and height in points."""

    text: str
    indices: tuple[int, ...]
    bottom: float
    height: float


def read_pdf(data: bytes, name: str) -> Reading:
    """Returns the text of all pages, a blank line between two, with a mark "page" on each and headings by type size.

    Lines end where they end on the page; a blank line stands where the gap between two is wider than usual; a hyphen
    that only breaks a word at a line's end is left out with the break, so that the word is whole. Raises
    UnreadableDocument where the file is encrypted or broken, or where its pages hold no text (images).
    """
    pages: list[list[_Line]] = []
    length = 0
    with _opened(data, name) as document:
        for number in range(len(document)):
            pages.append(_lines(document, number, name))
            length += sum(len(line.text) for line in pages[-1])
            if length > MAX_CHARACTERS:
                raise too_long(name)
        title = document.get_metadata_value("Title")
    if not any(pages):
        raise UnreadableDocument(f"{name} holds no text, only images; run OCR on it first")
    text, places = _joined(pages)
    page_marks = [Mark("page", start, end, str(number)) for number, (start, end) in enumerate(_spans(places, pages), 1)]
    facts = about("file properties", title=None if _MADE_TITLE.match(title) else title)
    running = tuple(_running(pages, places))
    headings = _headings(pages, places, frozenset(mark.start for mark in running))
    if headings and headings[0].start < _TITLE_WITHIN:
        facts = facts.or_else(about("largest type", title=text[headings[0].start : headings[0].end]))
    return facts.reading(text, (*page_marks, *headings, *running))


def boxes(data: bytes, start: int, end: int) -> tuple[Box, ...]:
    """Returns the box of each character of ``text[start:end]`` of this PDF's reading that is printed on a page.

    The white space that stands between lines has none. Raises UnreadableDocument as ``read_pdf`` does.
    """
    found: list[Box] = []
    with _opened(data, "the PDF") as document:
        pages = [_lines(document, number, "the PDF") for number in range(len(document))]
        _, places = _joined(pages)
        for number, (lines, starts) in enumerate(zip(pages, places, strict=True)):
            for line, at in zip(lines, starts, strict=True):
                first, last = max(start - at, 0), min(end - at, len(line.indices))
                if first < last:
                    with _text_page(document, number) as text_page:
                        found += [(number + 1, *text_page.get_charbox(index)) for index in line.indices[first:last]]
    return tuple(found)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    import pypdfium2

    check_size(data, name)
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == _PASSWORD_ERROR:
                raise UnreadableDocument(f"{name} is encrypted; save it without a password") from error
            raise UnreadableDocument(f"{name} is a broken PDF; open it in a viewer and save it again") from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise UnreadableDocument(f"{name} is a broken PDF; open it in a viewer and save it again") from error
        finally:
            document.close()


@contextmanager
def _text_page(document: Any, number: int) -> Iterator[Any]:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            yield text_page
        finally:
            text_page.close()
    finally:
        page.close()


def _lines(document: Any, number: int, name: str) -> list[_Line]:
    """Returns the lines of one page that are not blank, in pdfium's reading order; ``name`` is the file's."""
    from pypdfium2.raw import FPDFText_GetUnicode

    with _text_page(document, number) as text_page:
        found: list[_Line] = []
        chars: list[str] = []
        indices: list[int] = []
        count = text_page.count_chars()
        if count > MOST_CHARACTERS:  # where it could not be counted before
            raise too_long(name)
        for index in range(count + 1):
            code = FPDFText_GetUnicode(text_page, index) if index < count else 0x0A
            if code == 0x0A:
                text = "".join(chars)
                kept = len(text.rstrip())
                skipped = kept - len(text.strip())
                if kept:
                    _, bottom, _, top = text_page.get_charbox(indices[skipped], loose=True)
                    found.append(
                        _Line(text[skipped:kept], tuple(indices[skipped:kept]), bottom, round(top - bottom, 1))
                    )
                chars, indices = [], []
            elif 0xDC00 <= code < 0xE000 and chars and "\ud800" <= chars[-1] < "\udc00":
                chars[-1] = chr(0x10000 + (ord(chars[-1]) - 0xD800) * 0x400 + code - 0xDC00)
            elif code not in (0, 0x0D, 0x02, 0xFFFE):
                chars.append(chr(code))
                indices.append(index)
    return [replace(line, text=without_surrogates(line.text)) for line in found]


def _joined(pages: list[list[_Line]]) -> tuple[str, list[list[int]]]:
    """Returns the text of all lines and, page by page, where each line starts in it."""
    parts: list[str] = []
    places: list[list[int]] = []
    length = 0
    for lines in pages:
        usual = _usual_gap(lines)
        starts: list[int] = []
        for number, line in enumerate(lines):
            if parts:
                close = _is_close(lines[number - 1], line, usual) if number else _BROKEN_OFF.search(parts[-1])
                parts.append("\n" if close else "\n\n")
                length += len(parts[-1])
            starts.append(length)
            parts.append(line.text)
            length += len(line.text)
        places.append(starts)
    return "".join(parts), places


def _is_close(above: _Line, below: _Line, usual: float) -> bool:
    """Whether two lines are neighbours of one paragraph or one heading."""
    gap = above.bottom - below.bottom
    return 0 <= gap <= _PARAGRAPH_GAP * max(usual, _LEADING * min(above.height, below.height))


def _usual_gap(lines: list[_Line]) -> float:
    """The distance between neighbouring lines of a page, in points, where enough of them have the same; else 0."""
    gaps = Counter(round(above.bottom - below.bottom) for above, below in pairwise(lines))
    gap, count = gaps.most_common(1)[0] if gaps else (0, 0)
    return float(gap) if count >= _SAME_GAPS else 0.0


def _spans(places: list[list[int]], pages: list[list[_Line]]) -> Iterator[tuple[int, int]]:
    """Yields start and end of each page's text; an empty page lies where the one before it ends."""
    at = 0
    for starts, lines in zip(places, pages, strict=True):
        start = starts[0] if starts else at
        at = starts[-1] + len(lines[-1].text) if starts else at
        yield start, at


def _headings(pages: list[list[_Line]], places: list[list[int]], running: frozenset[int]) -> list[Mark]:
    """Lines of larger type than the text's, the largest of level 1; running heads, by their starts, are none.

    Neighbours of the same size that stand as close as lines of one paragraph are one heading.
    """
    sizes = Counter[float]()
    for line in chain.from_iterable(pages):
        sizes[line.height] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    larger = sorted((size for size in sizes if size > _HEADING_SIZE * usual), reverse=True)
    level = {size: str(min(rank, 6)) for rank, size in enumerate(larger, 1)}
    marks: list[Mark] = []
    for lines, starts in zip(pages, places, strict=True):
        above: _Line | None = None
        for line, at in zip(lines, starts, strict=True):
            if at in running or line.height not in level or not any(map(str.isalpha, line.text)):
                above = None
                continue
            if above is not None and above.height == line.height and _is_close(above, line, 0.0):
                marks[-1] = replace(marks[-1], end=at + len(line.text))
            else:
                marks.append(Mark("heading", at, at + len(line.text), level[line.height]))
            above = line
    return [mark for mark in marks if mark.end - mark.start <= _LONGEST_HEADING]


def _running(pages: list[list[_Line]], places: list[list[int]]) -> Iterator[Mark]:
    """Yields the running heads and page numbers: first and last lines that stand on most pages, figures aside.

    A line of larger type than the same words have on another page is a title that the other pages repeat.
    """
    edges = [[n for n in range(len(lines)) if n < _EDGE or n >= len(lines) - _EDGE] for lines in pages]
    shapes = Counter(
        shape
        for lines, numbers in zip(pages, edges, strict=True)
        for shape in {_DIGITS.sub("0", lines[n].text) for n in numbers}
    )
    smallest: dict[str, float] = {}
    for lines, numbers in zip(pages, edges, strict=True):
        for n in numbers:
            shape = _DIGITS.sub("0", lines[n].text)
            smallest[shape] = min(smallest.get(shape, lines[n].height), lines[n].height)
    least = max(2, 0.5 * sum(1 for lines in pages if lines))
    for lines, starts, numbers in zip(pages, places, edges, strict=True):
        for n in numbers:
            shape = _DIGITS.sub("0", lines[n].text)
            alone = not any(map(str.isalpha, shape)) and n in (0, len(lines) - 1) and len(lines) > 2
            repeated = shapes[shape] >= least and lines[n].height <= _HEADING_SIZE * smallest[shape]
            if repeated or (alone and _PAGE_NUMBER.fullmatch(lines[n].text)):
                yield Mark("furniture", starts[n], starts[n] + len(lines[n].text), "page header")
