"""From bytes to characters: which encoding a text was written in, and its exact text.

The order of belief: a byte-order mark; the NUL pattern of UTF-16 without one; UTF-8; an encoding the file names
itself (HTML); UTF-8 with stray bytes of another encoding; Windows-1252; what charset-normalizer takes it for. Nothing
here strips, folds or repairs: except for bytes that are no character in the encoding found, the text is what was
written, and it never holds a surrogate.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from ..errors import UnreadableDocument

MAX_CHARACTERS = 20_000_000
"""The longest text that is read; beyond it a document is refused and its owner asked to split it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
# Control characters that texts do hold: tab, line feed, vertical tab, form feed, carriage return, the DOS end mark.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_ESCAPED = re.compile(r"\udced[\udca0-\udcbf][\udc80-\udcbf]|[\udc80-\udcff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# Western texts in Windows-1252 have one byte in ten or fewer above ASCII; other scripts have most of theirs there.
_WESTERN_SHARE = 0.15


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Returns the text of ``data`` without its byte-order mark.

    ``declared`` is the encoding that the file names itself, believed where nothing surer is known. NUL and other
    control characters are kept, as rare as they are in texts that went through a faulty program: up to two, or one
    character in a hundred. Raises UnreadableDocument where there are more (a binary file), or where the text is
    longer than MAX_CHARACTERS.
    """
    if len(data) > 4 * MAX_CHARACTERS + 4:  # no encoding takes more than four bytes a character
        raise too_long(name)
    text = _decode(data, declared)
    if len(text) > MAX_CHARACTERS:
        raise too_long(name)
    if _looks_binary(text):
        raise UnreadableDocument(f"{name} is binary, not text; convert it to text, PDF or docx first")
    return text


def is_clean(data: bytes) -> bool:
    """Returns whether ``data`` is text beyond doubt: it holds no control character and none that cannot be decoded."""
    if len(data) > 4 * MAX_CHARACTERS + 4:
        return False
    text = _decode(data, None)
    return not (_CONTROLS.search(text) or "\ufffd" in text or _looks_binary(text))


def without_surrogates(text: str) -> str:
    """Returns ``text`` with every lone surrogate replaced by U+FFFD, one for one, so that offsets stay."""
    return _SURROGATES.sub("\ufffd", text)


def too_long(name: str) -> UnreadableDocument:
    """The error for a text beyond MAX_CHARACTERS."""
    return UnreadableDocument(f"{name} holds more than {MAX_CHARACTERS // 1_000_000} million characters; split it")


def _decode(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return without_surrogates(data[len(mark) :].decode(encoding, "replace"))
    sixteen = _utf16_without_mark(data)
    if sixteen:
        return without_surrogates(data.decode(sixteen, "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared and not declared.startswith(("utf", "ucs", "unicode")):
        try:
            return without_surrogates(data.decode(declared))
        except (UnicodeError, LookupError):  # not what the file is written in, or no encoding at all
            pass
    escaped = data.decode("utf-8", "surrogateescape")
    stray = len(_ESCAPED.findall(escaped))
    whole = sum(map(len, re.findall(r"[^\x00-\x7f]+", escaped))) - len(_SURROGATES.findall(escaped))
    if whole >= stray or declared == "utf-8":
        return _ESCAPED.sub(_stray, escaped)
    return data.decode(_single_byte(data), "replace")


def _stray(found: re.Match[str]) -> str:
    """One byte that is not UTF-8, read as Windows-1252; three bytes that spell a surrogate, as U+FFFD."""
    escaped = found.group()
    if len(escaped) > 1:
        return "\ufffd"
    return bytes([ord(escaped) - 0xDC00]).decode("cp1252", "replace")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows as NUL in every second byte wherever the text is ASCII: its spaces, digits, line ends."""
    head = data[:_SAMPLE]
    pairs = len(head) // 2
    if pairs < 2 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.02 * pairs:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> str:
    sample = data[:_SAMPLE]
    high = len(re.findall(rb"[\x80-\xff]", sample))
    written = high + len(re.findall(rb"[A-Za-z]", sample))
    if high <= _WESTERN_SHARE * written or high < 32:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding not in ("ascii", "utf_8") else "cp1252"


def _looks_binary(text: str) -> bool:
    if len(_CONTROLS.findall(text)) > 2 + 0.01 * len(text):
        return True
    sample = text[:_SAMPLE]
    strange = sum(count for char, count in Counter(sample).items() if unicodedata.category(char) in ("Cn", "Co"))
    return strange + sample.count("\ufffd") > 2 + 0.2 * len(sample)
