"""The values that pass between the rooms of askdesk: frozen, slotted, with tuples for collections.

Every offset is a Python string offset into a document's *canonical text*: the text made once when the file was
read and never changed afterwards. A span is half open, ``text[start:end]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mark:
    """Knowledge about a stretch of a text, kept beside it and never inside it.

    ``kind`` is ``"furniture"``, ``"heading"``, ``"page"``, ``"time"``, ``"said"``, ``"given"`` or ``"item"``;
    ``value`` says more where there is more to say: why a stretch is furniture, the level of a heading (``"1"`` to
    ``"6"``), the number of a page (``"1"``, ``"2"``, …), the days that an expression names (``"2024-10-28"`` or the
    first and the last, ``"2024-10-21/2024-10-27"``), who says a statement (the fields of a Speaker as a JSON array),
    who gives what stands in a cell of a table, as its row says it, the day of a dated item inside a page that grows.
    """

    kind: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """The days that an expression in a text names: ``text[start:end]`` is the expression, such as "on Monday".

    ``first`` and ``last`` are both included, the same for a single day.
    """

    start: int
    end: int
    first: dt.date
    last: dt.date

    @property
    def days(self) -> str:
        """The day, or the first and the last, in ISO form: ``"2024-10-28"``, ``"2024-10-21 to 2024-10-27"``."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something, as the text gives it.

    ``name`` is the name or the words that stand for one ("Mary Hill", "a spokesman", "the ministry of health");
    empty where the text leaves open who speaks, or it is not sure. ``role`` is what the text says of a named one
    ("the harbour master"), or empty. ``status`` is ``"named"``, ``"unnamed"``, ``"institution"``, ``"second-hand"``
    (passed on by a person or an institution of its own) or ``"outlet"`` (the outlet's own voice). ``via`` is who
    passed it on ("the Orsa Post"), or empty.
    """

    name: str
    role: str
    status: str
    via: str = ""

    def __str__(self) -> str:
        told = self.name or "left open"
        told += f", {self.role}" if self.role else ""
        told += " (second-hand)" if self.status == "second-hand" else ""
        return f"{told}, via {self.via}" if self.via else told


@dataclass(frozen=True, slots=True)
class Statement:
    """What a speaker says: ``text[start:end]`` is the statement with the words that attribute it."""

    start: int
    end: int
    speaker: Speaker


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says: its canonical text, the marks on it, and what it tells of itself.

    ``origins`` says where each known field was found, as (field, place) pairs such as
    ``("published", "meta article:published_time")`` or ``("title", "first line")``.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    updated: dt.date | None = None
    url: str | None = None
    origins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage to be stored: ``text[start:end]`` of a reading, under ``heading``.

    ``embedded`` is what is embedded and searched for it: title, heading and text.
    """

    start: int
    end: int
    heading: str
    embedded: str


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as lists show it, without its text.

    ``id`` follows from the resolved path; ``source`` is the path as first given, with forward slashes; ``sha256`` is
    that of the file's bytes; ``passages`` is how many passages it was cut into; ``published`` and ``updated`` are
    dates as printed, with no time zone; ``origins`` says where each of these fields was found.
    """

    id: str
    source: str
    title: str
    publisher: str | None
    published: dt.date | None
    updated: dt.date | None
    url: str | None
    sha256: str
    passages: int
    origins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document(DocumentInfo):
    """A document with its canonical text and the marks on it, in order of their start."""

    text: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is searched as one: ``text == document.text[start:end]``.

    ``heading`` is the nearest heading above it, or an empty string.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    heading: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found.

    ``score``, 0 to 1 and comparable within one search only, comes of both rankings and, with the reader, of what the
    passage says in answer; the ranks are 1-based and None where that ranking did not list the passage. ``also_in``
    holds the ids of other documents that carry nearly the same passage, folded into this one.
    """

    passage: Passage
    source: str
    title: str
    publisher: str | None
    published: dt.date | None
    score: float
    keyword_rank: int | None
    vector_rank: int | None
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and its place: ``text == document.text[start:end]``.

    ``highlight`` holds (start, end) pairs in the document: the words that are the short answer. ``page`` and ``line``
    are 1-based; ``page`` is None for a document without pages, else ``line`` counts from the top of the page.
    ``also_in`` holds ids of other documents that carry the same words. ``speaker`` is who says it, None where nobody is
    named and the outlet speaks itself; ``times`` are the days that it names, resolved against the document's date;
    ``reported`` is the first day it was published by one of its carriers: that of the dated item it stands in, on a
    page that grows, else the document's.
    """

    text: str
    start: int
    end: int
    highlight: tuple[tuple[int, int], ...]
    document_id: str
    source: str
    title: str
    publisher: str | None
    published: dt.date | None
    page: int | None
    line: int
    url: str | None
    score: float
    also_in: tuple[str, ...] = ()
    speaker: Speaker | None = None
    times: tuple[Time, ...] = ()
    reported: dt.date | None = None

    @property
    def place(self) -> str:
        """Where the quote stands, for people: ``"p. 3, line 12"`` or ``"line 12"``."""
        return f"p. {self.page}, line {self.line}" if self.page is not None else f"line {self.line}"

    @property
    def when(self) -> str:
        """The days that the quote names, for people: ``"“on Monday” is 2024-10-28"``, joined by semicolons."""
        return "; ".join(
            f"“{' '.join(self.text[time.start - self.start : time.end - self.start].split())}” is {time.days}"
            for time in self.times
            if str(time.first.year) not in self.text[time.start - self.start : time.end - self.start]
        )

    @property
    def short_answer(self) -> str:
        """The highlighted words, joined by ``" … "``; empty where nothing is highlighted."""
        return " … ".join(self.text[s - self.start : e - self.start] for s, e in self.highlight)

    def __str__(self) -> str:
        about = ", ".join(
            part for part in (self.publisher, self.published.isoformat() if self.published else None) if part
        )
        said = f"  said by {self.speaker}\n" if self.speaker and self.speaker.name else ""
        return f"“{self.text}”\n{said}  — {self.title}{f' ({about})' if about else ''}, {self.source}, {self.place}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What some of the quotes say in common, where a number, a day, a person, a place, yes or no was asked for.

    ``value`` is that in a normal form ("at least 10,000 soldiers", "2024-10-28", "yes"). ``status`` compares it with
    the other findings of the answer: ``"agreed"`` (none speaks against it), ``"disputed"`` (another one does, and both
    cannot hold), ``"changed"`` (the same voice said another one earlier or later), ``"different"`` (they measure
    different things). ``sources`` counts the independent sources: carriers of the same words are one. ``first`` and
    ``last`` are the first and last dates of publication, None where no document has one.
    """

    value: str
    status: str
    citations: tuple[Citation, ...]
    sources: int
    first: dt.date | None
    last: dt.date | None

    def __str__(self) -> str:
        count = f"{self.sources} independent source{'' if self.sources == 1 else 's'}"
        told = (self.value, self.status, "; ".join(self.voices), count, self.published)
        return " · ".join(part for part in told if part)

    @property
    def voices(self) -> tuple[str, ...]:
        """The names of those who say it, each once, in the order of the quotes."""
        names = (citation.speaker.name for citation in self.citations if citation.speaker)
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def published(self) -> str:
        """The first and last dates for people: ``"2024-10-16"``, ``"2024-10-16 to 2024-10-28"``, or empty."""
        days = dict.fromkeys(day.isoformat() for day in (self.first, self.last) if day)
        return " to ".join(days)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: verbatim quotes, or the plain statement that the documents do not say.

    ``found`` tells which; ``confidence`` is the probability, 0 to 1, that the documents answer the question, given in
    both cases. ``hits`` are the best passages of the search, at most ten. ``reason`` is set where nothing was found.
    ``findings`` lay side by side what the quotes say of a number, day, person, place, yes or no that was asked for;
    ``timeline`` holds the quotes by the time they speak of, then by publication; ``sources`` counts the independent
    sources of the quotes, of which carriers of the same words are one. ``parts`` holds the answers to the questions
    that make up the question where it is more than one. ``notes`` says what was left out of this answer and why.
    """

    question: str
    standalone_question: str
    found: bool
    confidence: float
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    reason: str | None
    findings: tuple[Finding, ...] = ()
    timeline: tuple[Citation, ...] = ()
    sources: int = 0
    parts: tuple[Answer, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.found:
            return "\n\n".join((self.reason or "", *self.notes))
        findings = "\n".join(str(finding) for finding in self.findings)
        return "\n\n".join(filter(None, (findings, *(str(citation) for citation in self.citations), *self.notes)))

    def _repr_markdown_(self) -> str:
        notes = [f"*{escape_markdown(note)}*" for note in self.notes]
        if not self.found:
            return "\n\n".join((f"*{escape_markdown(self.reason or '')}*", *notes))
        findings = "\n".join(f"- {escape_markdown(str(finding))}" for finding in self.findings)
        quotes = (_citation_markdown(citation) for citation in self.citations)
        return "\n\n".join(filter(None, (findings, *quotes, *notes)))


def escape_markdown(text: str) -> str:
    """Returns ``text`` so that Markdown and HTML show every character of it and obey none."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join("\\" + char if char in "\\`*_{}[]()#+-.!|~$" else char for char in text)


def _citation_markdown(citation: Citation) -> str:
    parts, at = [], citation.start
    for start, end in citation.highlight:
        parts.append(escape_markdown(citation.text[at - citation.start : start - citation.start]))
        parts.append(f"**{escape_markdown(citation.text[start - citation.start : end - citation.start])}**")
        at = end
    parts.append(escape_markdown(citation.text[at - citation.start :]))
    quote = "".join(parts).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\n> ")
    published = citation.published.isoformat() if citation.published else None
    about = ", ".join(escape_markdown(part) for part in (citation.publisher, published) if part)
    where = f"{escape_markdown(citation.source)}, {citation.place}"
    said = f"said by {escape_markdown(str(citation.speaker))} " if citation.speaker and citation.speaker.name else ""
    return f"> {quote}\n\n{said}— *{escape_markdown(citation.title)}*{f' ({about})' if about else ''}, {where}"


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run did, as sources; ``skipped`` and ``failed`` are (source, reason) pairs."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a check of a store found: counts of what was compared, and one line for each thing that is wrong."""

    documents: int
    passages: int
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an index was made. Two stores with the same recipe hold the same passages and vectors for the same files.

    ``model`` is the name or folder it was asked for by, ``model_hash`` identifies its weights and settings, ``tokens``
    and ``overlap`` are the chunk budget in tokens of the tiktoken ``encoding``; ``version`` changes only when stored
    data would differ for another reason.
    """

    model: str
    model_hash: str
    dimensions: int
    encoding: str
    tokens: int
    overlap: int
    version: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of long work: ``done`` of ``total`` (None when not known yet) in ``step``, now at ``detail``."""

    step: str
    done: int
    total: int | None
    detail: str = ""


ProgressCallback = Callable[[Progress], None]


class Embedder(Protocol):
    """A model that turns texts into unit vectors. Made lazily: reading these properties may load it."""

    @property
    def name(self) -> str:
        """The name or folder that opens this model again."""

    @property
    def hash(self) -> str:
        """Identifies weights and settings: the same hash gives the same vectors."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    @property
    def window(self) -> int:
        """How many of the model's own tokens it reads, special ones included; what is beyond is cut silently."""

    def count(self, text: str) -> int:
        """How many of the model's own tokens ``text`` takes, special ones included, nothing cut."""

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Returns float32 of shape (len(texts), dimensions), rows of length 1, in the order of ``texts``.

        ``progress`` is called with the number of texts done so far.
        """
