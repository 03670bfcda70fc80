"""Mail: what a reader of a message sees, its headers (Subject, From, To, Date) and its body."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ..errors import UnreadableDocument
from ..types import Mark, Reading
from .about import about
from .encoding import decode, without_surrogates
from .html import read_html

if TYPE_CHECKING:
    from email.message import Message

_SHOWN = ("Subject", "From", "To", "Date")
_LONGEST_HEADER = 2000
_PARTS = 200
# The library's parser takes time that grows faster than the number of parts.
_BOUNDARIES = 20_000


def read_mail(data: bytes, name: str) -> Reading:
    """Returns the message as ``Subject: …``, ``From: …``, ``To: …``, ``Date: …``, a blank line and the body.

    Of the body the first text/plain part is taken, else the first text/html part turned to text with its marks;
    attachments are left out, headers are cut at 2,000 characters. The subject is the title and a heading, the sender
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
        moved.insert(0, Mark("heading", len("Subject: "), len("Subject: ") + len(shown["Subject"]), "1"))
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
    return decode(payload, name, charset), ()
