"""The HTML of the chat: pure functions from answers and documents to text, which is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from askdesk.commands import command
from askdesk.types import Answer, Citation, Document, DocumentInfo, Hit
from askdesk.visible import flowing, visible

DECLINED = "Your documents do not say"
SURROUNDINGS = 400  # characters shown on each side of a quote: about a paragraph each way
NEAREST = 3  # passages shown under a declined answer
EXCERPT = 300  # characters of each of them

# Beyond HTML's own, the characters by which the page's template languages begin an expression.
_TEMPLATES = str.maketrans({char: f"&#{ord(char)};" for char in "{}$`"})


def escape(text: str) -> str:
    """Returns ``text`` so that a browser and the page's templates show every character and obey none."""
    return html.escape(visible(text)).translate(_TEMPLATES)


def answer(given: Answer, documents: Mapping[str, Document], titles: Mapping[str, str]) -> str:
    """Returns the card of an answer, or of its being declined.

    ``documents`` holds the cited documents by id, for the surroundings of the quotes; ``titles`` the titles
    of the documents that carry the same words.
    """
    if given.parts:
        return "".join(
            f'<p class="ad-part" dir="auto">{escape(part.question)}</p>{answer(part, documents, titles)}'
            for part in given.parts
        )
    read_as = ""
    if given.standalone_question != given.question:
        read_as = f'<p class="ad-read">Read as: {escape(given.standalone_question)}</p>'
    notes = "".join(f'<p class="ad-note" dir="auto">{escape(note)}</p>' for note in given.notes)
    if not given.found:
        return f'<div class="ad-answer">{read_as}{_declined(given)}{notes}</div>'
    cards = "".join(
        _card(number, citation, documents.get(citation.document_id), titles)
        for number, citation in enumerate(given.citations, 1)
    )
    return f'<div class="ad-answer">{read_as}{_findings(given)}{cards}{notes}</div>'


def _findings(given: Answer) -> str:
    """What the quotes say side by side, one row each; nothing where no value was asked for."""
    if not given.findings:
        return ""
    numbers = {citation: number for number, citation in enumerate(given.citations, 1)}
    rows = "".join(
        f'<tr class="ad-{finding.status}"><td dir="auto">{escape(finding.value)}</td><td>{finding.status}</td>'
        f'<td dir="auto">{escape("; ".join(finding.voices))}</td>'
        f"<td>{finding.sources} independent</td><td>{finding.published.replace('-', '&#8209;')}</td>"
        f"<td>{', '.join(str(numbers[citation]) for citation in finding.citations)}</td></tr>"
        for finding in given.findings
    )
    return (
        '<table class="ad-findings"><thead><tr><th>Says</th><th>Status</th><th>Said by</th><th>Sources</th>'
        f"<th>Published</th><th>Quotes</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _card(number: int, citation: Citation, document: Document | None, titles: Mapping[str, str]) -> str:
    quote = _marked(citation.text, citation.start, citation.highlight)
    also = ""
    if citation.also_in:
        names = "; ".join(escape(titles.get(document_id, document_id)) for document_id in citation.also_in)
        also = f'<p class="ad-also">Also in: {names}</p>'
    context = "" if document is None else surroundings(citation, document)
    return (
        f'<figure class="ad-card"><span class="ad-number">{number}</span><blockquote dir="auto">{quote}</blockquote>'
        f"<figcaption>{_told(citation)}{_about(citation, citation.place, citation.url)}{also}</figcaption>"
        f"{context}</figure>"
    )


def _told(citation: Citation) -> str:
    """Who says it and what days it speaks of."""
    said = f"said by {escape(str(citation.speaker))}" if citation.speaker and citation.speaker.name else None
    told = " · ".join(part for part in (said, escape(citation.when)) if part)
    return f'<span class="ad-told" dir="auto">{told}</span>' if told else ""


def _marked(text: str, offset: int, spans: Iterable[tuple[int, int]]) -> str:
    parts, at = [], offset
    for start, end in spans:
        parts.append(escape(flowing(text, at - offset, start - offset)))
        parts.append(f"<mark>{escape(flowing(text, start - offset, end - offset))}</mark>")
        at = end
    return "".join(parts) + escape(flowing(text, at - offset, len(text)))


def _about(found: Citation | Hit, place: str, url: str | None) -> str:
    published = found.published.isoformat() if found.published else None
    date = f'<time datetime="{published}">{published}</time>' if published else None
    source = f'<span class="ad-source">{escape(found.source)}</span>'
    parts = [escape(found.publisher) if found.publisher else None, date, source, place or None, _link(url)]
    return (
        f'<cite dir="auto">{escape(found.title)}</cite>'
        f'<span class="ad-about">{" · ".join(part for part in parts if part)}</span>'
    )


def _link(url: str | None) -> str | None:
    """A link for a web address only: an address from a document may also be a script."""
    try:
        scheme = urlsplit(url or "").scheme
    except ValueError:
        return None
    if url is None or scheme not in ("http", "https"):
        return None
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">web page</a>'


def surroundings(citation: Citation, document: Document) -> str:
    """Returns the folded passage around a quote: the quote marked, furniture greyed."""
    low, high = _window(document.text, citation.start, citation.end)
    spans = [
        (max(low, mark.start), min(high, mark.end), "ad-furniture")
        for mark in document.marks
        if mark.kind == "furniture" and mark.start < high and low < mark.end
    ]
    spans.append((citation.start, citation.end, "ad-quote"))
    cuts = sorted({low, high, *(edge for start, end, _ in spans for edge in (start, end))})
    parts = []
    for start, end in pairwise(cuts):
        kinds = sorted({kind for first, last, kind in spans if first <= start and end <= last})
        piece = escape(document.text[start:end])
        parts.append(f'<span class="{" ".join(kinds)}">{piece}</span>' if kinds else piece)
    before, after = "… " if low > 0 else "", " …" if high < len(document.text) else ""
    return (
        "<details><summary>In its surroundings</summary>"
        f'<div class="ad-context" dir="auto">{before}{"".join(parts)}{after}</div></details>'
    )


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch shown around a quote, widened or narrowed to the ends of words where there are any near."""
    low, high = max(0, start - SURROUNDINGS), min(len(text), end + SURROUNDINGS)
    while low > 0 and low < start and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > end and not text[high].isspace():
        high -= 1
    return low, high


def _declined(given: Answer) -> str:
    reason = (given.reason or "").removeprefix(f"{DECLINED}: ")  # the heading has said so
    nearest = "".join(
        f'<li><p dir="auto">{escape(_excerpt(hit.passage.text))}</p>{_about(hit, "", None)}</li>'
        for hit in given.hits[:NEAREST]
    )
    folded = (
        f"<details><summary>Nearest passages, which are not the answer</summary><ul>{nearest}</ul></details>"
        if nearest
        else ""
    )
    return f'<section class="ad-card ad-declined"><h3>{DECLINED}</h3><p>{escape(reason)}</p>{folded}</section>'


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def question(text: str) -> str:
    """Returns a question as the person wrote it."""
    return f'<div class="ad-question" dir="auto">{escape(text)}</div>'


def problem(message: str) -> str:
    """Returns the card of something that went wrong, in one readable line."""
    return (
        f'<section class="ad-card ad-problem" role="alert"><h3>That did not work</h3><p>{escape(message)}</p></section>'
    )


def head(below: str) -> str:
    """Returns the head of the page, with the HTML ``below`` under its title."""
    return '<header class="ad-head"><h1>askdesk</h1><p>Your documents answer in their own words.</p></header>' + below


def library(documents: Sequence[DocumentInfo], store: Path) -> str:
    """Returns the line that says what is in the store, which unfolds to the list of its documents."""
    if not documents:
        return (
            '<section class="ad-card ad-declined"><h3>There are no documents yet</h3>'
            f"<p>Add some in a terminal with <code>{escape(command(store, 'index', 'FOLDER'))}</code>, "
            "then load this page again.</p></section>"
        )
    rows = "".join(
        f'<li><cite dir="auto">{escape(document.title)}</cite><span class="ad-about">{_listed(document)}</span></li>'
        for document in documents
    )
    return f'<details class="ad-library"><summary>{_count(documents)}</summary><ul>{rows}</ul></details>'


def _count(documents: Sequence[DocumentInfo]) -> str:
    dates = sorted(document.published for document in documents if document.published)
    span = "" if not dates else f", {dates[0].isoformat()}"
    if dates and dates[0] != dates[-1]:
        span += f" to {dates[-1].isoformat()}"
    return f"{len(documents)} document{'' if len(documents) == 1 else 's'}{span}"


def _listed(document: DocumentInfo) -> str:
    published = document.published.isoformat() if document.published else None
    parts = (document.publisher, published, document.source)
    return " · ".join(escape(part) for part in parts if part)
