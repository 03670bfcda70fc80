"""What an HTML page tells of itself in its ``meta`` elements, linked data, ``time`` elements and headline."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from .about import About, about, clean
from .dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

_LINKED_DATA = 1_000_000
_TIMES = 30
_META = {
    "title": ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title"),
    "publisher": ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name"),
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate",
        "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued",
        "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "date",
    ),
    "updated": (
        "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "lastmod",
        "last-modified", "dcterms.modified", "dc.date.modified",
    ),
    "url": ("og:url", "twitter:url"),
}  # fmt: skip
_ARTICLE = re.compile(r"(Article|Posting|Report|Review|Recipe)$")
_SITE = re.compile(r"\s+[|·•–—»-]\s+|\s+::\s+")


def page_facts(root: HtmlElement, is_furniture: Callable[[HtmlElement], bool]) -> About:
    """Returns the facts of a page. ``is_furniture`` tells the elements whose ``time`` is not the article's own.

    In the order of belief: ``meta`` elements, JSON-LD of an article, the canonical link, ``time`` elements of the
    article, the headline, the ``title`` element without the name of the site behind it.
    """
    metas = _metas(root)
    facts = About()
    for field, keys in _META.items():
        for key in keys:
            if key in metas and getattr(facts, field) is None:
                facts = facts.or_else(_fact(f"meta {key}", field, metas[key]))
    facts = facts.or_else(_linked_data(root))
    canonical = root.xpath("//link[@rel='canonical']/@href")
    if canonical:
        facts = facts.or_else(about("canonical link", url=str(canonical[0])))
    facts = facts.or_else(_times(root, is_furniture))
    return _titles(root, facts)


def _fact(place: str, field: str, value: str) -> About:
    if field in ("published", "updated"):
        date = parse_date(value)
        return about(place, published=date) if field == "published" else about(place, updated=date)
    if field == "title":
        return about(place, title=value)
    return about(place, publisher=value) if field == "publisher" else about(place, url=value)


def _metas(root: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = (meta.get("content") or "").strip()
        if key and value:
            metas.setdefault(key.lower(), value)
    return metas


def _linked_data(root: HtmlElement) -> About:
    """Facts of the first article in the page's JSON-LD."""
    for script in root.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            waiting: list[object] = [json.loads((script.text or "")[:_LINKED_DATA])]
        except (ValueError, RecursionError):
            continue
        for _ in range(1000):
            if not waiting:
                break
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting.extend(thing[:100])
            if not isinstance(thing, dict):
                continue
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLE.search(name) for name in names):
                return _article(thing)
            waiting.extend(thing[key] for key in ("@graph", "mainEntity", "itemListElement") if key in thing)
    return About()


def _article(thing: dict[str, object]) -> About:
    def said(key: str) -> str | None:
        value = thing.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") or value.get("@id") if isinstance(value, dict) else value
        return value if isinstance(value, str) else None

    published, updated = said("datePublished"), said("dateModified")
    return about(
        "JSON-LD",
        title=said("headline"),
        publisher=said("publisher"),
        published=parse_date(published) if published else None,
        updated=parse_date(updated) if updated else None,
        url=said("url") or said("mainEntityOfPage"),
    )


def _times(root: HtmlElement, is_furniture: Callable[[HtmlElement], bool]) -> About:
    """The first ``time`` of the article itself; one in the page's header is the day it was opened."""
    facts = About()
    for time in islice(root.iter("time"), _TIMES):
        date = parse_date(time.get("datetime") or time.text_content())
        ancestors = list(time.iterancestors())[:30]
        if date is None or any(map(is_furniture, ancestors)):
            continue
        names = f"{time.get('class')} {time.get('itemprop')} {ancestors[0].text or ''}".lower() if ancestors else ""
        if "modif" in names or "update" in names:
            facts = facts.or_else(about("time element", updated=date))
        elif any(element.tag in ("article", "main") or element.find(".//h1") is not None for element in ancestors[:6]):
            facts = facts.or_else(about("time element", published=date))
    return facts


def _titles(root: HtmlElement, facts: About) -> About:
    """Adds a title and a publisher from the headline and the ``title`` element, which often ends with the site."""
    headlines = [clean(element.text_content(), 500) for element in root.iter("h1")]
    element = root.find(".//title")
    named = clean(element.text_content(), 500) if element is not None else None
    parts = [part.strip() for part in _SITE.split(named)] if named else []
    if facts.title and facts.publisher and facts.title.endswith(facts.publisher):
        bare = _SITE.split(facts.title)
        if len(bare) > 1 and bare[-1].strip() == facts.publisher:
            facts = replace(facts, title=facts.title[: -len(facts.publisher)].rstrip(" |·•–—»-:"))
    lone = headlines[0] if len(headlines) == 1 else next((h for h in headlines if h and named and h in named), None)
    facts = facts.or_else(about("h1", title=lone))
    known = facts.title
    if len(parts) > 1 and known and known != named and named and named.startswith(known) and len(parts[-1]) <= 40:
        facts = facts.or_else(about("title element", publisher=parts[-1]))
    if len(parts) > 1 and facts.publisher and parts[-1] == facts.publisher:
        named = named[: -len(parts[-1])].rstrip(" |·•–—»-:") if named else named
    return facts.or_else(about("title element", title=named))
