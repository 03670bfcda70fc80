"""How much a PDF unfolds to, found out before PDFium draws it: a file of 2 kB can hold more than any memory.

A page may show a form that shows another twenty times, and so on; a stream may be packed several times over. PDFium
follows both until memory ends, and the process with it. pypdf, imported here only, reads the structure of a file and
unpacks with limits of its own; nothing is drawn by it.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..errors import UnreadableDocument

MOST_CHARACTERS = 1_000_000
"""Characters that a page may show, of which PDFium takes some hundred bytes each. A page of a book shows 3,000."""

MOST_CONTENT = 64_000_000
"""Bytes of instructions that a page may unfold to, with the forms that it shows as often as it shows them."""

_DEEPEST = 100  # forms within forms; PDFium itself follows forty
_BEGUN = -1  # stands for the weight of a form that is being found
_IMAGES = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"})
# Names that PDFium takes for filters everywhere, though the standard has them for images in a page's content alone.
_SHORT = {
    "/Fl": "/FlateDecode",
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
}
# /Name, by which a form is shown, and what begins and ends a text (ISO 32000-1, 7.3.4 and 7.3.5).
_NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
_HEXADECIMAL = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT = re.compile(rb"\s{0,9}\d+\s+\d+\s+obj\b")
_EDGE = re.compile(rb"\\.|[()]|<[0-9A-Fa-f\s]*>", re.DOTALL)


class _TooMuchError(Exception):
    """Something unfolds to more than is read."""


def check_size(data: bytes, name: str) -> None:
    """Raises UnreadableDocument where a stream or a page of the PDF ``data`` unfolds to more than is read.

    A file that pypdf cannot open, as it is broken or encrypted in a way that it does not know, is left to PDFium.
    """
    import pypdf
    from pypdf.errors import LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # of broken files, PDFium's errors speak
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _check_streams(reader, data)
        forms = _Forms()
        for page in list(reader.pages):
            forms.check(page)
    except (LimitReachedError, _TooMuchError) as error:
        raise UnreadableDocument(
            f"{name} unfolds to more than is read, as files do that were made to exhaust a machine; "
            "print it to a new PDF, or leave it out"
        ) from error
    except Exception:  # pypdf raises what it likes over broken files, of which PDFium reads many
        return


def _check_streams(reader: Any, data: bytes) -> None:
    """Unpacks every stream but images and attached files, which PDFium leaves packed. Raises LimitReachedError."""
    from pypdf.generic import IndirectObject, StreamObject

    for generation, places in list(reader.xref.items()):
        for number, at in list(places.items()):
            # Of the many objects of a large file few are streams, and to read one takes long.
            if _OBJECT.match(data, at) and data.find(b"stream", at, data.find(b"endobj", at)) < 0:
                continue
            found = _resolved(IndirectObject(number, generation, reader))
            if isinstance(found, StreamObject) and found.get("/Subtype") != "/Image":
                _unpacked(found)


def _unpacked(stream: Any) -> bytes:
    """The content of a stream; none of an image, an attached file, or what is packed in no known way.

    Raises LimitReachedError.
    """
    from pypdf.errors import LimitReachedError
    from pypdf.filters import decode_stream_data
    from pypdf.generic import ArrayObject, NameObject

    try:
        stream = _resolved(stream)
        filters = _resolved(stream.get("/Filter")) or []
        names = [str(_resolved(one)) for one in (filters if isinstance(filters, list) else [filters])]
        if stream.get("/Type") == "/EmbeddedFile" or _IMAGES.intersection(names):
            return b""
        if not names:
            return bytes(stream.get_data())
        stream[NameObject("/Filter")] = ArrayObject(NameObject(_SHORT.get(name, name)) for name in names)
        content = decode_stream_data(stream)
    except LimitReachedError:
        raise
    except Exception:
        return b""
    return content if isinstance(content, bytes) else content.encode("latin-1", "replace")


class _Forms:
    """The forms of one file, each weighed once, by its object number."""

    def __init__(self) -> None:
        self._content: dict[int, int] = {}
        self._characters: dict[int, int] = {}

    def check(self, page: Any) -> None:
        """Raises _TooMuchError where a page shows too much, and LimitReachedError."""
        contents = _resolved(page.get("/Contents"))
        streams = contents if isinstance(contents, list) else [contents]
        parts: list[bytes] = []
        for one in streams:
            parts.append(_unpacked(one))
            if sum(map(len, parts)) > MOST_CONTENT:
                raise _TooMuchError
        data = b"\n".join(parts)
        resources = _resolved(page.get("/Resources"))
        content = self._weigh(data, resources, self._content, 0)
        if content > MOST_CONTENT:
            raise _TooMuchError
        # Nothing shows more characters than it has bytes, so they are counted only where these are many.
        if content > MOST_CHARACTERS and self._weigh(data, resources, self._characters, 0) > MOST_CHARACTERS:
            raise _TooMuchError

    def _weigh(self, data: bytes, resources: Any, known: dict[int, int], depth: int) -> int:
        """The bytes of a content stream, or the characters in it, and of all forms that it shows, each time it does.

        A name of a form counts wherever it stands.
        """
        if depth > _DEEPEST:
            raise _TooMuchError
        total = len(data) if known is self._content else _characters(data)
        shown = Counter(_HEXADECIMAL.sub(_byte, name) for name in _NAME.findall(data))
        for name, form, own in _drawn(resources):
            times = shown[name.encode("latin-1", "replace")] if name else 1
            if times:
                total += times * self._form(form, own or resources, known, depth, glyph=not name)
        return total

    def _form(self, reference: Any, resources: Any, known: dict[int, int], depth: int, glyph: bool) -> int:
        number = int(getattr(reference, "idnum", 0)) or id(reference)
        if known.get(number) == _BEGUN:
            if glyph:
                return 0
            raise _TooMuchError  # it shows itself, which PDFium follows forty times over
        if number not in known:
            known[number] = _BEGUN
            known[number] = self._weigh(_unpacked(reference), resources, known, depth + 1)
        return known[number]


def _drawn(resources: Any) -> Iterator[tuple[str, Any, Any]]:
    """The forms in a dictionary of resources: (name, reference to the stream, its own resources, empty where it has
    none); the characters that a font draws by instructions (Type 3) are drawn once each, and have no name."""
    forms, fonts = (_mapping(_mapping(resources).get(kind)) for kind in ("/XObject", "/Font"))
    for name in forms:
        # As it stands, the value is a reference, whose number tells that two are one.
        form = _mapping(forms.raw_get(name))
        if form and form.get("/Subtype") != "/Image":
            yield str(name)[1:], forms.raw_get(name), _mapping(form.get("/Resources"))
    for name in fonts:
        font = _mapping(fonts.raw_get(name))
        if font.get("/Subtype") == "/Type3":
            glyphs = _mapping(font.get("/CharProcs"))
            for glyph in glyphs:
                yield "", glyphs.raw_get(glyph), _mapping(font.get("/Resources"))


def _characters(data: bytes) -> int:
    """How many bytes stand in texts to be shown: between brackets, which may stand within each other, or as digits."""
    total = depth = start = 0
    for edge in _EDGE.finditer(data):
        token = edge.group()
        if token == b"(":
            depth += 1
            start = edge.end() if depth == 1 else start
        elif token == b")":
            depth = max(0, depth - 1)
            total += edge.start() - start if depth == 0 else 0
        elif token[:1] == b"<" and depth == 0:
            total += len(token) // 2
    return total


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes([int(found.group(1), 16)])


def _resolved(found: Any) -> Any:
    """What a reference leads to; None where that is broken. Raises LimitReachedError."""
    from pypdf.errors import LimitReachedError

    try:
        return found.get_object() if hasattr(found, "get_object") else found
    except LimitReachedError:
        raise
    except Exception:
        return None


def _mapping(found: Any) -> Any:
    """What a reference leads to, where it is a dictionary or a stream, else an empty one."""
    resolved = _resolved(found)
    return resolved if isinstance(resolved, dict) else {}
