"""HTML: what a reader sees, in order, with headings, furniture and the facts the page tells of itself."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdesk.errors import UnreadableDocument
from askdesk.reading import read
from askdesk.types import Reading

STORY = "The bridge was opened on 4 March 1890, and trains still cross it every day."


def page(body: str, head: str = "") -> Reading:
    return read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def furniture(reading: Reading) -> list[str]:
    return [reading.text[mark.start : mark.end] for mark in reading.marks if mark.kind == "furniture"]


def test_blocks_are_lines_and_white_space_is_one_space() -> None:
    reading = page("<p>One  <b>two</b>\n three</p><div>four</div><ul><li>five<li>six</ul><pre>a  b\nc</pre>x<br>y")
    assert reading.text == "One two three\n\nfour\n\nfive\nsix\n\na  b\nc\n\nx\ny"


def test_table_cells_stay_apart() -> None:
    assert page("<table><tr><td>Length</td><td>2467 m</td></tr><tr><td>Opened</td><td>1890</td></tr></table>").text == (
        "Length 2467 m\nOpened 1890"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) alert('no')</script>",
        "<style>p { color: red }</style>",
        "<!-- a comment -->",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<p hidden>no</p>",
        "<div style='color:red; display : none'><p>no</p></div>",
        "<svg><title>no</title></svg>",
        "<textarea>no</textarea>",
        "<title>no</title>",
    ],
)
def test_what_no_reader_sees_is_left_out(hidden: str) -> None:
    assert page(f"<p>Seen</p>{hidden}<p>too</p>").text == "Seen\n\ntoo"


def test_headings_are_marks_with_their_level() -> None:
    reading = page(f"<h1>The <em>long</em> bridge</h1><p>{STORY}</p><h3> Steel </h3><p>{STORY}</p>")
    found = [(m.value, reading.text[m.start : m.end]) for m in reading.marks if m.kind == "heading"]
    assert found == [("1", "The long bridge"), ("3", "Steel")]


def test_furniture_stays_in_the_text_and_is_marked() -> None:
    reading = page(
        f"<nav><a href=/>Home</a></nav><main><h1>A bridge of steel</h1><p>{STORY}</p><p>{STORY} It is red.</p></main>"
        "<div class='related-stories'><h2>Older</h2><p>Something else happened somewhere far away, readers were told.</p></div>"
        "<footer>About this site</footer>"
    )
    assert furniture(reading) == [
        "Home",
        "Older",
        "Something else happened somewhere far away, readers were told.",
        "About this site",
    ]


LINKS = "<a href=/b>Why steel grows tired with age</a> <a href=/c>Ferries go out to sea again</a>"


@pytest.mark.parametrize("links", [LINKS, LINKS.replace(" href=/b", "").replace(" href=/c", "")])
@pytest.mark.parametrize("headline", ["Related stories ", "<b>Read more:</b> ", ""])
@pytest.mark.parametrize("between", [" ", " | "])
def test_links_to_other_stories_on_one_line_are_furniture(links: str, headline: str, between: str) -> None:
    line = headline + links.replace("</a> <a", f"</a>{between}<a")
    reading = page(
        f"<article><h1>A bridge of steel</h1><p>{STORY}</p><p>{STORY} It is red.</p></article><div>{line}</div>"
    )
    assert furniture(reading) == [reading.text.rpartition("\n")[2]]
    inside = page(f"<article><h1>A bridge</h1><p>{STORY}</p><div>{line}</div><p>{STORY} It is red.</p></article>")
    assert len(furniture(inside)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "<p>The <a href=/b>bridge over the firth</a> was <a href=/c>painted red</a>.</p>",
        "<p>Related stories were told by <a href=/b>the painter</a> and <a href=/c>the engineer</a>.</p>",
        "<p><a name=b>The bridge over the firth was</a> <a name=c>painted red again last year.</a></p>",
        "<ul><li><a href=/b>The bridge over the firth</a> <a href=/c>was painted red</a></li></ul>",
        "<h2><a href=/b>The painting</a> <a href=/c>of the bridge</a></h2>",
    ],
)
def test_links_within_a_story_are_no_furniture(line: str) -> None:
    reading = page(f"<article><h1>A bridge of steel</h1><p>{STORY}</p>{line}<p>{STORY} It is red.</p></article>")
    assert furniture(reading) == []


def test_a_wrapper_with_a_name_of_furniture_is_not_furniture() -> None:
    reading = page(f"<div class='related'><h1>A bridge</h1>{f'<p>{STORY}</p>' * 5}</div>")
    assert furniture(reading) == []


def test_entities_and_broken_characters() -> None:
    reading = page("<p>a&nbsp;b &amp; &lt;c&gt; &#xD800; &bogus; &#128512;</p>")
    assert reading.text == "a\xa0b & <c> \ufffd &bogus; 😀"


def test_the_declared_encoding_is_believed_for_what_is_not_utf_8() -> None:
    data = "<html><meta charset='windows-1251'><p>Мост открыт для поездов</p>".encode("cp1251")
    assert read(data, "a.html").text == "Мост открыт для поездов"
    assert read("<html><meta charset='latin-1'><p>Київ – café</p>".encode(), "a.html").text == "Київ – café"


@pytest.mark.parametrize("charset", ["zip", "idna", "undefined", "no-such-thing", "utf-16"])
def test_a_senseless_declared_encoding_does_no_harm(charset: str) -> None:
    data = f"<html><meta charset='{charset}'><p>A café by the bridge".encode("cp1252")
    assert read(data, "a.html").text == "A café by the bridge"


def test_deep_nesting_is_read_or_refused_but_never_cut() -> None:
    assert read(b"<html>" + b"<div>" * 1500 + b"deep", "a.html").text == "deep"
    with pytest.raises(UnreadableDocument, match=r"a\.html is nested too deeply"):
        read(b"<html>" + b"<div>" * 100_000 + b"deep", "a.html")


def test_facts_from_meta_elements() -> None:
    reading = page(
        f"<h1>Bridge opens</h1><p>{STORY}</p>",
        "<title>Bridge opens - The Gazette</title><meta property='og:site_name' content='The Gazette'>"
        "<meta property='article:published_time' content='2024-10-28T23:30:00-05:00'>"
        "<meta property='article:modified_time' content='2024-10-29'>"
        "<link rel='canonical' href='https://gazette.example/bridge'>",
    )
    assert (reading.title, reading.publisher) == ("Bridge opens", "The Gazette")
    assert (reading.published, reading.updated) == (dt.date(2024, 10, 28), dt.date(2024, 10, 29))
    assert reading.url == "https://gazette.example/bridge"
    assert dict(reading.origins)["published"] == "meta article:published_time"
    assert dict(reading.origins)["url"] == "canonical link"


def test_facts_from_linked_data() -> None:
    reading = page(
        f"<p>{STORY}</p>",
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],'
        '"headline":"Bridge opens","datePublished":"2024-10-28","publisher":{"name":"The Gazette"}}]}</script>',
    )
    assert (reading.title, reading.publisher, reading.published) == (
        "Bridge opens",
        "The Gazette",
        dt.date(2024, 10, 28),
    )
    assert set(reading.origins) == {(field, "JSON-LD") for field in ("title", "publisher", "published")}


@pytest.mark.parametrize("data", ["{", "[" * 100_000, '{"@type": 5}', '"text"', '{"@type":"Article","headline":[]}'])
def test_broken_linked_data_tells_nothing(data: str) -> None:
    assert page(f"<p>{STORY}</p>", f'<script type="application/ld+json">{data}</script>').title is None


def test_the_time_of_the_article_counts_and_that_of_the_page_does_not() -> None:
    reading = page(
        "<header role=banner><time datetime='2025-01-12'>today</time></header>"
        f"<article><h1>A bridge</h1><time datetime='2024-10-28'>28 Oct</time><p>{STORY}</p></article>"
    )
    assert reading.published == dt.date(2024, 10, 28)
    assert page(f"<nav><time datetime='2025-01-12'>today</time></nav><h1>A bridge</h1><p>{STORY}</p>").published is None


def test_an_address_that_is_no_web_address_is_not_taken() -> None:
    assert page(f"<p>{STORY}</p>", "<link rel='canonical' href='javascript:alert(1)'>").url is None


pieces = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='related'>",
        "</div>",
        "<h1>",
        "</h1>",
        "<nav>",
        "</nav>",
        "<pre>",
        "</pre>",
        "<br>",
        "<a>",
        "</a>",
        "<ul><li>",
        "</ul>",
        "<table><td>",
        "<aside>",
        "</aside>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "&#0;",
        STORY,
        "Home",
        "\n",
        "  ",
        "&nbsp;",
        "Read more: x",
        "Image: AP Photo/x",
        "<",
        "é",
        "\u202e",
        "<title>T</title>",
    ]
)


@given(st.lists(pieces, max_size=25))
def test_any_soup_gives_sound_marks(soup: list[str]) -> None:
    reading = read(f"<html><p>start {''.join(soup)}".encode(), "a.html")
    starts = [mark.start for mark in reading.marks]
    assert starts == sorted(starts)
    assert all(0 <= mark.start < mark.end <= len(reading.text) for mark in reading.marks)
