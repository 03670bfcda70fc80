"""Word documents (docx): paragraphs and tables in the order of the page, headings by their styles."""

from __future__ import annotations

import io
import re
from typing import Any

from ..errors import UnreadableDocument
from ..types import Mark, Reading
from .about import about
from .encoding import without_surrogates

# 20 million characters of running text take less than 100 MB of XML; what unpacks to more is no document.
_LARGEST = 100_000_000
_LARGEST_PACKAGE = 1_000_000_000
_MOST_FILES = 20_000
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin", ".odttf", ".ttf", ".mp4")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"(?:heading|überschrift|titre|título)\s*([1-9])$", re.IGNORECASE)


def read_docx(data: bytes, name: str) -> Reading:
    """Returns the paragraphs, one a line, the cells of a table row apart by tabs; headings and the title are marks.

    Deleted text of tracked changes, comments, page headers, footnotes and text of the drawings' fallbacks are left
    out. Title and dates come from the file's properties; a creation date is the day of a template as often as of the
    text, so it is not taken for the publication date. Raises UnreadableDocument where the file is broken, encrypted
    or unpacks to more than a document can hold.
    """
    _check(data, name)
    import zipfile

    import docx
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        text, marks = _text(document)
        title = document.core_properties.title or None
    # python-docx raises whatever its way through a damaged package meets first
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, RuntimeError, LxmlError) as error:
        raise UnreadableDocument(f"{name} is a broken docx file; open it in an editor and save it again") from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, docx.opc.exceptions.OpcError) as error:
        raise UnreadableDocument(f"{name} is a broken docx file; open it in an editor and save it again") from error
    return about("file properties", title=title).reading(text, marks)


def _check(data: bytes, name: str) -> None:
    """Looks at the package before anything is unpacked."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableDocument(f"{name} is a broken docx file or archive; save it again") from error
    names = {entry.filename for entry in entries}
    if "EncryptedPackage" in names or any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument(f"{name} is encrypted; save it without a password")
    if "[Content_Types].xml" not in names or not any(entry.startswith("word/") for entry in names):
        raise UnreadableDocument(f"{name} is an archive, not a docx file; unpack it first")
    # Any part may be named the document's text, so only what is a picture or the like by its name is none.
    texts = [entry.file_size for entry in entries if not entry.filename.lower().endswith(_BINARY)]
    unpacked = sum(entry.file_size for entry in entries)
    if sum(texts) > _LARGEST or unpacked > _LARGEST_PACKAGE or len(entries) > _MOST_FILES:
        raise UnreadableDocument(f"{name} unpacks to {unpacked // 1_000_000} MB, more than is read; split it")


def _text(document: Any) -> tuple[str, tuple[Mark, ...]]:
    levels = _levels(document)
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    before: Any = None
    for paragraph in document.element.body.iter(f"{_WORD}p"):
        if any(ancestor.tag == f"{_COMPATIBILITY}Fallback" for ancestor in paragraph.iterancestors()):
            continue
        text = without_surrogates(_words(paragraph))
        cell = next((up for up in paragraph.iterancestors() if up.tag == f"{_WORD}tc"), None)
        row = cell.getparent() if cell is not None else None
        if parts:
            same_row = row is not None and before is not None and before[1] is row
            gap = " " if same_row and before[0] is cell else "\t" if same_row else "\n"
            parts.append(gap)
            length += len(gap)
        level = levels.get(_style(paragraph), "")
        if level and text.strip() and row is None:
            at = length + len(text) - len(text.lstrip())
            marks.append(Mark("heading", at, at + len(text.strip()), level))
        parts.append(text)
        length += len(text)
        before = (cell, row)
    return "".join(parts), tuple(marks)


def _words(paragraph: Any) -> str:
    """The visible text of one paragraph, without that of text boxes anchored in it, which are paragraphs too."""
    words = []
    for node in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr", f"{_WORD}noBreakHyphen"):
        owner = next((up for up in node.iterancestors() if up.tag == f"{_WORD}p"), None)
        if owner is not paragraph:
            continue
        if node.tag == f"{_WORD}t":
            words.append(node.text or "")
        elif node.tag == f"{_WORD}tab":
            words.append("\t" if node.getparent().tag == f"{_WORD}r" else "")
        else:
            words.append("-" if node.tag == f"{_WORD}noBreakHyphen" else "\n")
    return "".join(words)


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return style.get(f"{_WORD}val", "") if style is not None else ""


def _levels(document: Any) -> dict[str, str]:
    """The heading level, ``"1"`` to ``"6"``, of each style that makes a heading; Title counts as the first."""
    levels = {}
    for style in document.styles.element.iter(f"{_WORD}style"):
        name = style.find(f"{_WORD}name")
        label = name.get(f"{_WORD}val", "") if name is not None else ""
        heading = _HEADING.match(label)
        if heading:
            levels[style.get(f"{_WORD}styleId", "")] = str(min(int(heading[1]), 6))
        elif label.lower() == "title":
            levels[style.get(f"{_WORD}styleId", "")] = "1"
    return levels
