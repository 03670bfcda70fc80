"""Reading: from the bytes of one file to its canonical text, the marks on it, and what it tells of itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from ..errors import UnreadableDocument
from ..types import Mark, Reading
from .about import of
from .docx import read_docx
from .encoding import MAX_CHARACTERS, is_clean, too_long
from .html import read_html
from .layout import lay_out
from .mail import read_mail
from .markdown import read_markdown
from .pdf import read_pdf
from .table import read_table
from .text import read_text
from .told import told

_FORMATS: dict[str, Callable[[bytes, str], Reading]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".eml": read_mail,
    ".csv": read_table,
}
SUFFIXES = tuple(_FORMATS)
"""The suffixes of the files that are read, in lower case."""

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,1000}(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--.{0,2000}?-->\s{0,100}){0,3}"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<[a-z!/][^<>]{0,2000}>", re.IGNORECASE)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office document", "save it as docx without password"),
    (b"{\\rtf", "rich text", "save it as docx or text"),
    (b"\x89PNG\r\n", "an image", "run OCR on it first"),
    (b"\xff\xd8\xff", "an image", "run OCR on it first"),
    (b"GIF89a", "an image", "run OCR on it first"),
    (b"II*\x00", "an image", "run OCR on it first"),
    (b"MM\x00*", "an image", "run OCR on it first"),
    (b"\x1f\x8b\x08", "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"SQLite format 3\x00", "a database", "export it as csv first"),
)
# What a PDF that lost its first line still holds.
_PDF_PARTS = re.compile(rb"\A\s*%PDF|^\d+ \d+ obj\b|^startxref\b", re.MULTILINE)
_KINDS = {".pdf": "PDF", ".docx": "docx file"}
# Formats without the furniture of pages.
_PLAIN = frozenset({read_table})


def read(data: bytes, name: str) -> Reading:
    """Returns what the file ``name`` (a file name or source) with the bytes ``data`` says.

    The suffix of ``name`` chooses the format, and the content overrules it where it says otherwise: a PDF, a docx
    or an HTML page is read as such under any name, and plain text under the name of a PDF or docx is read as text.
    Marks are sorted by their start and lie inside the text; no lone surrogate leaves here. Furniture and headings
    are marked, and title, publisher, dates and address are filled in where the file tells them; the title stays
    None where it does not. Raises UnreadableDocument, with one line that names the file and says what to do, where
    the file is empty, broken, encrypted, binary, too long or holds no text.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument(f"{name} is empty; leave it out or put text into it")
    function = _format(data, name)
    try:
        reading = function(data, name)
    except RecursionError as error:  # parsers that call themselves, on files made to exhaust them
        raise UnreadableDocument(f"{name} is nested too deeply to be read; save it as text") from error
    if len(reading.text) > MAX_CHARACTERS:
        raise too_long(name)
    if not any(map(str.isalnum, reading.text)):
        raise UnreadableDocument(f"{name} holds no readable text; leave it out")
    return reading if function in _PLAIN else _complete(reading)


def _format(data: bytes, name: str) -> Callable[[bytes, str], Reading]:
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in data[:1024]:
        return read_pdf
    if data.startswith(b"PK\x03\x04"):
        return read_docx
    for magic, what, advice in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableDocument(f"{name} is {what}; {advice}")
    if _HTML.match(data) and suffix != ".eml":
        return read_html
    if suffix in (".pdf", ".docx"):
        if not _PDF_PARTS.search(data) and is_clean(data):
            return read_text
        raise UnreadableDocument(f"{name} is no {_KINDS[suffix]} or is broken; save it again")
    if suffix in (".html", ".htm") and not _TAG.search(data[:65_536].replace(b"\x00", b"")):
        return read_text
    function = _FORMATS.get(suffix)
    if function is None:
        raise UnreadableDocument(f"{name} is of a format that is not read; the formats are {' '.join(SUFFIXES)}")
    return function


def _complete(reading: Reading) -> Reading:
    """Adds what the lines of the text tell: furniture, and the facts that the format itself does not give."""
    layout = lay_out(reading.text, reading.marks, reading.title)
    facts = of(reading).or_else(told(layout))
    marks = {*reading.marks, *layout.furniture(reading.text)}
    headings = {mark.start for mark in reading.marks if mark.kind == "heading"}
    titles = [(index, "2") for index in layout.announced]
    if layout.title is not None:
        titles.append((layout.title, "1"))
    for index, level in titles:
        line = layout.lines[index]
        if not any(line.start <= start < line.end for start in headings):
            marks.add(Mark("heading", line.start, line.end, level))
    return facts.reading(reading.text, tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))))
