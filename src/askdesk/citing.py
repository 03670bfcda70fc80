"""The one place where a quote is made, and it is made by slicing."""

from __future__ import annotations

from .marks import reported, speaker_of, times_in
from .text import Span, line_number, line_starts
from .types import Citation, Document


def cite(
    document: Document, span: Span, answers: Span, highlight: tuple[Span, ...], score: float, also_in: tuple[str, ...]
) -> Citation:
    """Returns the quote ``document.text[start:end]`` with its place; lines are counted from the top of the page.

    ``answers`` is the sentence in it that answers best: who says only what follows is not the quote's speaker.
    ``highlight`` are spans of the document inside ``span``; ``also_in`` ids of other documents with the same words.
    """
    start, end = span
    pages = [mark for mark in document.marks if mark.kind == "page" and mark.start <= start]
    top = pages[-1].start if pages else 0
    return Citation(
        text=document.text[start:end],
        start=start,
        end=end,
        highlight=highlight,
        document_id=document.id,
        source=document.source,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        page=int(pages[-1].value) if pages else None,
        line=line_number(line_starts(document.text[top:start]), start - top),
        url=document.url,
        score=score,
        also_in=also_in,
        speaker=(speaker_of(document, highlight[0]) if highlight else None)
        or speaker_of(document, (start, answers[1])),
        times=times_in(document, span),
        reported=reported(document, start),
    )
