"""HTML: all text that a reader of the page would see, its furniture marked by what the page's own markup says.

Three witnesses tell furniture from story. The markup: elements and roles that hold no story (``nav``, ``footer``),
and names that people give to such boxes in ``class`` and ``id``. An extractor of main content (trafilatura), whose
word settles the boxes that may be either (``aside``). And the words of each line, by the rules shared by all formats,
which are applied later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ..errors import UnreadableDocument
from ..types import Mark, Reading
from .encoding import decode, without_surrogates
from .furniture import opens_list
from .html_facts import page_facts
from .lines import Line, lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_UNSEEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "datalist",
        "select",
        "textarea",
        "input",
        "meta",
        "link",
        "base",
        "param",
        "source",
        "track",
        "rp",
        "frame",
        "frameset",
        "noframes",
    }
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "caption",
        "option",
        "optgroup",
    }
)
_APART = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "figure",
        "article",
        "section",
        "header",
        "footer",
    }
)
_LISTED = frozenset({"ul", "ol", "dl", "table", "pre"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KEPT = frozenset({"figcaption", "caption", "ul", "ol", "dl", "table", "pre", "blockquote", "aside"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

# What holds no story, whatever the extractor says …
_SURE_TAGS = {"nav": "navigation", "button": "control", "menu": "navigation", "dialog": "dialog"}
_SURE_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "search": "search",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "button": "control",
    "toolbar": "control",
}
# … and what seldom does: furniture unless the extractor takes it for story.
_LIKELY_TAGS = {"aside": "aside", "footer": "page footer", "form": "form", "header": "page header"}
_LIKELY_ROLES = {"complementary": "aside", "form": "form"}
_SURE_NAMES = {
    "navigation": "nav navbar navigation breadcrumb breadcrumbs menu topnav subnav pagination pager",
    "skip link": "skip skiplink skipnav",
    "advertisement": "ad ads advert adverts advertisement advertising adslot sponsored sponsor banner",
    "share links": "share sharing social sharebar addthis",
    "newsletter": "newsletter subscribe subscription signup optin paywall",
    "cookie notice": "cookie cookies consent gdpr",
    "comments": "comments disqus",
    "page footer": "footer colophon",
    "page header": "masthead topbar weather ticker",
    "rights notice": "copyright",
    "permalink": "permalink",
    "read counter": "viewcount pageviews readcount counter",
    "photo credit": "credit credits",
    "other headlines": "related recommended recommendations trending mostread popular outbrain taboola",
}
_SURE_PAIRS = {
    ("most", "read"): "other headlines",
    ("read", "next"): "other headlines",
    ("more", "stories"): "other headlines",
    ("more", "news"): "other headlines",
    ("more", "from"): "other headlines",
    ("also", "read"): "other headlines",
    ("see", "also"): "other headlines",
    ("news", "line"): "other headlines",
    ("image", "source"): "photo credit",
    ("view", "count"): "read counter",
    ("read", "count"): "read counter",
    ("screen", "reader"): "hidden from sight",
    ("visually", "hidden"): "hidden from sight",
    ("sr", "only"): "hidden from sight",
}
_LIKELY_NAMES = {"aside": "sidebar widget promo teaser teasers tags tag aside box rail toolbar"}
_NAMES = {name: why for why, names in _SURE_NAMES.items() for name in names.split()}
_MAYBE = {name: why for why, names in _LIKELY_NAMES.items() for name in names.split()}
# The extractor is asked only about pages it can take quickly.
_EXTRACTOR_CHARACTERS = 1_500_000
_EXTRACTOR_ELEMENTS = 30_000
_SEARCHED = 200_000
# A box of at most so many characters around a form is there for the form.
_FORM_WEIGHT = 300


def read_html(data: bytes, name: str) -> Reading:
    """Returns what a reader of the page would see, top to bottom, one line a block, with headings and furniture.

    White space is collapsed as browsers do; scripts, styles, hidden elements and the ``title`` element are left out
    (the title is a field). Raises UnreadableDocument for a page nested too deeply to be parsed.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    declared = _CHARSET.search(data[:4096])
    source = decode(data, name, declared[1].decode("ascii").lower() if declared else None)
    # The length is bounded by decode() and HTML entities do not nest, so the parser's own limits may be lifted:
    # they would silently drop the rest of a page.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(f"{name} holds no text that can be read; save the page again") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableDocument(f"{name} is nested too deeply to be read; save it as text")
    page = _Page(root)
    facts = page_facts(root, _is_furniture)
    furniture = page.furniture(_story(sum(1 for _ in root.iter()), source))
    return facts.reading(page.text, (*page.headings, *furniture))


@dataclass(frozen=True, slots=True)
class _Run:
    """Text of one text node in the page's text, and what the elements around it say of it."""

    start: int
    end: int
    sure: str
    likely: str
    link: int  # the number of the link on the page, 0 outside links
    listed: bool  # in a list or a table, where a line of links may be what is told
    kept: bool  # a caption, a list or a table inside the story: the extractor's silence about it proves nothing


@dataclass(frozen=True, slots=True)
class _Around:
    """What the open elements say of the text inside them."""

    sure: str = ""
    likely: str = ""
    link: int = 0
    listed: bool = False
    story: bool = False
    kept: bool = False
    pre: bool = False


class _Page:
    """The text of a page and what its markup says of each run of it, gathered in one walk."""

    def __init__(self, root: HtmlElement) -> None:
        self.runs: list[_Run] = []
        self.headings: list[Mark] = []
        self._parts: list[str] = []
        self._length = 0
        self._breaks = 0
        self._space = False
        self._links = 0
        self._weights, self._titled, self._asking = _measures(root)
        self._heavy = 0.3 * self._weights[root]
        self._lone_title = sum(1 for _ in root.iter("h1")) == 1
        self._walk(root)
        self.text = "".join(self._parts)

    def _walk(self, root: HtmlElement) -> None:
        from lxml.etree import iterwalk

        arounds = [_Around()]
        starts: list[int] = []
        walker = iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            unseen = not tag or tag in _UNSEEN or _is_hidden(element)
            if event == "start":
                if unseen:
                    walker.skip_subtree()
                    continue
                self._open(tag)
                if tag == "br":
                    self._breaks = min(self._breaks + 1, 2)
                arounds.append(self._around(element, tag, arounds[-1]))
                if tag in _HEADINGS:
                    starts.append(len(self.runs))
                self._add(element.text, arounds[-1])
            else:
                if not unseen:
                    arounds.pop()
                    if tag in _HEADINGS:
                        self._close_heading(tag, starts.pop())
                    self._open(tag)
                self._add(element.tail, arounds[-1])

    def _open(self, tag: str) -> None:
        """Both ends of a block break the line."""
        if tag in _BLOCKS:
            self._breaks = max(self._breaks, 2 if tag in _APART else 1)
        elif tag in ("td", "th"):
            self._space = True

    def _add(self, text: str | None, around: _Around) -> None:
        if not text:
            return
        if around.pre:
            words, after = text, False
            if not words.strip():
                self._breaks = max(self._breaks, min(words.count("\n"), 2))
                return
        else:
            words = _SPACE.sub(" ", text)
            self._space = self._space or words.startswith(" ")
            after = words.endswith(" ")
            words = words.strip(" ")
            if not words:
                return
        if self._length and self._breaks:
            self._put("\n" * self._breaks)
        elif self._length and self._space:
            self._put(" ")
        start = self._length
        self._put(without_surrogates(words))
        self.runs.append(_Run(start, self._length, around.sure, around.likely, around.link, around.listed, around.kept))
        self._breaks, self._space = 0, after

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _close_heading(self, tag: str, first: int) -> None:
        if len(self.runs) > first:
            self.headings.append(Mark("heading", self.runs[first].start, self.runs[-1].end, tag[1]))

    def _around(self, element: HtmlElement, tag: str, outer: _Around) -> _Around:
        story = outer.story or tag in ("article", "main") or element.get("role") in ("article", "main")
        sure, likely = _says(element, tag)
        weight = self._weights[element]
        if tag == "h1" and (self._lone_title or outer.story):
            return replace(outer, sure="", likely="", story=story)
        if weight > self._heavy and tag != "nav":
            sure = likely = ""
        elif sure and weight > 200 and sure not in ("navigation", "comments", "other headlines", "hidden from sight"):
            sure, likely = "", sure
        if tag in ("div", "section", "p") and weight <= _FORM_WEIGHT and element in self._asking:
            sure = sure or "form"
        if tag == "header" and element in self._titled:
            likely = ""
        return _Around(
            outer.sure or sure,
            outer.likely or likely,
            outer.link or self._link(element, tag),
            outer.listed or tag in _LISTED,
            story,
            outer.kept or (story and tag in _KEPT),
            outer.pre or tag == "pre",
        )

    def _link(self, element: HtmlElement, tag: str) -> int:
        """The number of the link that an element opens, 0 where it opens none: an anchor may only name a place."""
        if tag != "a" or (element.get("href") is None and (element.get("name") or element.get("id"))):
            return 0
        self._links += 1
        return self._links

    def furniture(self, story: str) -> Iterator[Mark]:
        """Yields the runs that are furniture; ``story`` is what the extractor took for the page's story."""
        paragraphs = {_folded(line) for line in story.split("\n")}
        whole = _folded(story) if len(story) < _SEARCHED else ""
        headings = {mark.start for mark in self.headings}
        told = bool(story)
        at = 0
        for line in lines(self.text):
            runs = []
            while at < len(self.runs) and self.runs[at].start < line.end:
                if self.runs[at].end > line.start:
                    runs.append(self.runs[at])
                at += 1
            if runs and runs[-1].end > line.end:
                at -= 1  # preformatted text: one run, several lines
            folded = _folded(line.text)
            is_story = folded in paragraphs or (len(folded) >= 20 and folded in whole)
            why = "" if line.start in headings else self._other_headlines(line, runs)
            why = why or self._why(line, runs, is_story, told, line.start in headings)
            if why:
                yield Mark("furniture", line.start, line.end, why)
                continue
            for run in runs:
                if run.sure and run.sure != "control":
                    yield Mark("furniture", max(run.start, line.start), min(run.end, line.end), run.sure)

    def _other_headlines(self, line: Line, runs: list[_Run]) -> str:
        """Why a line is furniture that holds links and, at most, the headline of a list before them."""
        said = [run for run in runs if any(map(str.isalnum, self.text[run.start : run.end]))]
        first = next((n for n, run in enumerate(said) if run.link), len(said))
        if first == len(said) or not all(run.link for run in said[first:]):
            return ""
        if first:
            return "other headlines" if opens_list(self.text[line.start : said[first].start].strip()) else ""
        several = len({run.link for run in said}) > 1
        return "links" if several and not any(run.listed or run.kept for run in said) else ""

    @staticmethod
    def _why(line: Line, runs: list[_Run], is_story: bool, told: bool, heading: bool) -> str:
        """Why the line as a whole is furniture, or an empty string."""
        size = sum(run.end - run.start for run in runs) or 1
        sure = sum(run.end - run.start for run in runs if run.sure)
        if runs and sure == size:
            return runs[0].sure
        if is_story:
            return ""
        linked = sum(run.end - run.start for run in runs if run.link) / size
        likely = next((run.likely for run in runs if run.likely), "")
        if likely == "aside" and line.is_prose and linked <= 0.3 and all(run.kept for run in runs):
            return ""  # a box of facts inside the story
        if likely and (told or linked > 0.5 or not line.is_prose):
            return likely
        if heading and not (told and linked > 0.8):
            return ""
        if not told or (linked <= 0.5 and any(run.kept for run in runs)):
            return ""
        return "links" if linked > 0.8 else ""


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _measures(
    root: HtmlElement,
) -> tuple[dict[HtmlElement, int], frozenset[HtmlElement], frozenset[HtmlElement]]:
    """Returns how many characters outside links each element holds, the elements that hold an ``h1``, and those that
    hold a form with a field to fill in; in one pass from the last element to the first."""
    weights: dict[HtmlElement, int] = {}
    titled: set[HtmlElement] = set()
    fields: set[HtmlElement] = set()
    asking: set[HtmlElement] = set()
    for element in reversed([element for element in root.iter() if isinstance(element.tag, str)]):
        seen = element.tag not in _UNSEEN
        own = len((element.text or "").strip()) if seen and element.tag != "a" else 0
        for child in element:
            if not isinstance(child.tag, str):
                continue
            own += weights[child] if seen else 0
            own += len((child.tail or "").strip()) if seen and element.tag != "a" else 0
            if child.tag == "h1" or child in titled:
                titled.add(element)
            if child.tag == "input" or child in fields:
                fields.add(element)
            if (child.tag == "form" and child in fields) or child in asking:
                asking.add(element)
        weights[element] = own
    return weights, frozenset(titled), frozenset(asking)


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING.search(style))


def _says(element: HtmlElement, tag: str) -> tuple[str, str]:
    """Why tag, role or names of an element make it furniture: surely, and likely."""
    role = (element.get("role") or "").lower()
    sure = _SURE_TAGS.get(tag, "") or _SURE_ROLES.get(role, "")
    likely = _LIKELY_TAGS.get(tag, "") or _LIKELY_ROLES.get(role, "")
    if tag in ("html", "body", "main", "article"):
        return "", ""
    if not sure:
        names = [part.lower() for part in _NAME.findall(f"{element.get('class', '')} {element.get('id', '')}"[:300])]
        sure = next((_NAMES[name] for name in names if name in _NAMES), "")
        sure = sure or next((_SURE_PAIRS[pair] for pair in pairwise(names) if pair in _SURE_PAIRS), "")
        likely = likely or next((_MAYBE[name] for name in names if name in _MAYBE), "")
    return sure, likely


def _is_furniture(element: HtmlElement) -> bool:
    return bool(_says(element, str(element.tag))[0])


def _story(root_size: int, source: str) -> str:
    """What trafilatura takes for the story, a paragraph a line; empty where it finds none or may not be asked."""
    if root_size > _EXTRACTOR_ELEMENTS or len(source) > _EXTRACTOR_CHARACTERS:
        return ""
    import logging

    import trafilatura

    logger = logging.getLogger("trafilatura")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        story = trafilatura.extract(source, fast=True, include_comments=False, include_tables=True)
    except Exception:  # a hostile page may break it anywhere; it only proposes, so its silence costs nothing
        return ""
    return story or ""
