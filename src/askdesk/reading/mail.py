"""Mail: what a reader of a message sees, its headers (Subject, From, To, Date) and its body."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import UnreadableDocument
from ..types import Mark, Reading
from .about import about
from .encoding import decode, without_surrogates
from .html import read_html
from .lines import lines

if TYPE_CHECKING:
    from email.message import Message

_SHOWN = ("Subject", "From", "To", "Date")
_LONGEST_HEADER = 2000
_PARTS = 200
# The library's parser takes time that grows faster than the number of parts.
_BOUNDARIES = 20_000
# "-- " alone on a line opens the signature (RFC 3676, 4.3); after it, so many lines are no longer one.
_SIGNATURE = 20
# ">From " is how mailboxes escape a line that begins with "From ".
_QUOTED = re.compile(r">(?!From )")
_OPENS_QUOTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Em)\b(?=[^\n]{0,200}[\d@]).{5,200}"
    r"\b(?:wrote|schrieb|écrit|escribió|scritto|schreef|escreveu)\b.{0,80}:$"
)


def read_mail(data: bytes, name: str) -> Reading:
    """Returns the message as ``Subject: …``, ``From: …``, ``To: …``, ``Date: …``, a blank line and the body.

    Of the body the first text/plain part is taken, else the first text/html part turned to text with its marks;
    attachments are left out, headers are cut at 2,000 characters. Signature and quoted lines of plain text are marked
    as furniture. The subject is the title, its line a heading, the sender
    the publisher, the date that of the ``Date`` header as printed. A file that holds neither a header nor a body is
    taken for plain text. Raises UnreadableDocument where the message is broken.
    """
    from email import message_from_bytes
    from email.errors import MessageError

    if data.count(b"\n--") > _BOUNDARIES:
        raise UnreadableDocument(f"{name} has more parts than a message can have; save its text alone")
    try:
        message = message_from_bytes(data)
        shown = {key: value for key in _SHOWN if (value := _header(message, key))}
        body, marks = _body(message, name)
    except (MessageError, LookupError) as error:
        raise UnreadableDocument(f"{name} is a broken message; save it as text") from error
    if not shown and not body.strip():
        return Reading(decode(data, name))
    head = "".join(f"{key}: {value}\n" for key, value in shown.items())
    offset = len(head) + 1 if head else 0
    moved = [Mark(mark.kind, mark.start + offset, mark.end + offset, mark.value) for mark in marks]
    if "Subject" in shown:
        moved.insert(0, Mark("heading", 0, len("Subject: ") + len(shown["Subject"]), "1"))
    facts = about(
        "mail header",
        title=shown.get("Subject"),
        publisher=_sender(shown.get("From", "")),
        published=_date(shown.get("Date", "")),
    )
    return facts.reading(f"{head}\n{body}" if head else body, tuple(moved))


def _header(message: Message, key: str) -> str:
    """The decoded header on one line; encoded words that are broken stay as they are."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    raw = str(message.get(key, ""))[:_LONGEST_HEADER]
    try:
        value = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        value = raw
    return " ".join(without_surrogates(value).split())


def _sender(header: str) -> str | None:
    """The name of the sender, or the site of the address where no name is given."""
    name, _, address = header.partition("<")
    if not address:
        name, address = "", header
    return name.strip(" \"'") or address.partition(">")[0].rpartition("@")[2].strip() or None


def _date(header: str) -> dt.date | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(header).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(message: Message, name: str) -> tuple[str, tuple[Mark, ...]]:
    texts: dict[str, Message] = {}
    for _, part in zip(range(_PARTS), message.walk(), strict=False):
        if part.get_content_disposition() != "attachment":
            texts.setdefault(part.get_content_type(), part)
    chosen = texts.get("text/plain") or texts.get("text/html")
    payload = chosen.get_payload(decode=True) if chosen is not None else None
    if chosen is None or not isinstance(payload, bytes) or not payload.strip():
        return "", ()
    if chosen.get_content_type() == "text/html":
        reading = read_html(payload, name)
        return reading.text, reading.marks
    charset = chosen.get_content_charset()
    text = decode(payload, name, charset)
    return text, tuple(_apart(text))


def _apart(text: str) -> list[Mark]:
    """Marks the signature and the lines quoted from the message that this one answers, if it says words of its own."""
    rows = lines(text)
    quoted = [bool(_QUOTED.match(row.text)) for row in rows]
    for index, row in enumerate(rows):
        above = rows[index - 1].text if index else ""
        below = index + 1 < len(rows) and quoted[index + 1]
        if _OPENS_QUOTE.match(row.text):
            quoted[index] = True
        elif below and not quoted[index] and _OPENS_QUOTE.match(f"{above} {row.text}"):  # broken in two
            quoted[index - 1] = quoted[index] = True
    signs = [i for i, row in enumerate(rows) if row.text == "--" and not quoted[i]]
    own = len(rows)
    if signs and sum(not is_quoted for is_quoted in quoted[signs[-1] :]) <= _SIGNATURE:
        own = signs[-1]
    if all(quoted[:own]):
        return []
    marks: list[Mark] = []
    for index, row in enumerate(rows[:own]):
        if quoted[index] and index and quoted[index - 1]:
            marks[-1] = replace(marks[-1], end=row.end)
        elif quoted[index]:
            marks.append(Mark("furniture", row.start, row.end, "quoted reply"))
    if own < len(rows):
        marks.append(Mark("furniture", rows[own].start, rows[-1].end, "signature"))
    return marks
