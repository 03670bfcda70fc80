"""What a document tells of itself: title, publisher, dates, address; each with the place it was found at."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields

from ..types import Mark, Reading
from .dates import parse_date
from .encoding import without_surrogates

_SPACE = re.compile(r"\s+")
_KEY = re.compile(r"([A-Za-z][\w. -]{0,40}?)[ \t]*:[ \t]*(.*)$")
_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site", "outlet", "source", "publication", "newspaper"),
    "published": ("date", "published", "pubdate", "publish_date", "publishdate", "created", "date_published"),
    "updated": ("updated", "modified", "lastmod", "last_modified", "date_modified", "last_updated"),
    "url": ("url", "link", "permalink", "canonical", "canonical_url", "source_url"),
}
_FRONT_LINES = 200
_RULE = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_FRONT_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|$(?!\n))")
_URL = re.compile(r"https?://[^\s<>\"'`]+")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document; ``origins`` holds (field, place) of each field that is known."""

    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    updated: dt.date | None = None
    url: str | None = None
    origins: tuple[tuple[str, str], ...] = ()

    def or_else(self, other: About) -> About:
        """Returns these facts, and those of ``other`` where these say nothing."""
        mine = {field: place for field, place in self.origins if getattr(self, field) is not None}
        theirs = {field: place for field, place in other.origins if field not in mine}
        chosen = {field.name: None for field in fields(About)} | {
            field: getattr(self if field in mine else other, field) for field in (*mine, *theirs)
        }
        return About(
            chosen["title"],
            chosen["publisher"],
            chosen["published"],
            chosen["updated"],
            chosen["url"],
            tuple((mine | theirs).items()),
        )

    def reading(self, text: str, marks: tuple[Mark, ...] = ()) -> Reading:
        """Returns the reading of ``text`` that carries these facts."""
        return Reading(text, marks, self.title, self.publisher, self.published, self.updated, self.url, self.origins)


def about(
    place: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: dt.date | None = None,
    updated: dt.date | None = None,
    url: str | None = None,
) -> About:
    """Returns facts that were all found at ``place``; texts are cleaned, empty ones are unknown."""
    title, publisher, url = clean(title, 500), clean(publisher, 100), clean_url(url)
    known = {"title": title, "publisher": publisher, "published": published, "updated": updated, "url": url}
    origins = tuple((field, place) for field, value in known.items() if value is not None)
    return About(title, publisher, published, updated, url, origins)


def clean(text: str | None, longest: int) -> str | None:
    """Returns ``text`` on one line with single spaces, cut at ``longest`` characters; None where nothing is left."""
    if not text:
        return None
    return without_surrogates(_SPACE.sub(" ", text[: 4 * longest]).strip()[:longest]).strip() or None


def clean_url(text: str | None) -> str | None:
    """Returns ``text`` if it is a web address, else None: nothing else may become a link later."""
    text = clean(text, 2000)
    return text if text and _URL.fullmatch(text) else None


def from_front_matter(text: str) -> tuple[int, About]:
    """Reads ``key: value`` lines between two lines ``---`` at the start of ``text``.

    Returns where the front matter ends (0 where there is none) and what it says. Keys are compared without case;
    a value may stand in quotation marks; nested values are not read.
    """
    opening = _RULE.match(text)
    if opening is None:
        return 0, About()
    found: dict[str, str] = {}
    at = opening.end()
    for _ in range(_FRONT_LINES):
        line = _FRONT_LINE.match(text, at)
        if line is None:
            return 0, About()
        if line[1].rstrip() in ("---", "..."):
            return line.end(), _from_pairs(found)
        pair = _KEY.match(line[1].rstrip())
        if pair is None and line[1][:1] not in ("", " ", "\t", "#", "-"):
            return 0, About()
        if pair is not None:
            found.setdefault(pair[1].lower().replace(" ", "_").replace("-", "_"), pair[2].strip())
        at = line.end()
    return 0, About()


def _from_pairs(found: dict[str, str]) -> About:
    def value(field: str) -> str | None:
        for key in _KEYS[field]:
            said = found.get(key, "")
            said = said[1:-1] if len(said) > 1 and said[0] == said[-1] and said[0] in "\"'" else said
            if said:
                return said
        return None

    published, updated = value("published"), value("updated")
    return about(
        "front matter",
        title=value("title"),
        publisher=value("publisher"),
        published=parse_date(published) if published else None,
        updated=parse_date(updated) if updated else None,
        url=value("url"),
    )


def of(reading: Reading) -> About:
    """Returns the facts that a reading carries."""
    return About(reading.title, reading.publisher, reading.published, reading.updated, reading.url, reading.origins)
