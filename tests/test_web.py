"""The chat: its HTML as text, its page on a free port."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import small_store
from askdesk.desk import Desk
from askdesk.errors import AskdeskError
from askdesk.types import Answer, Citation, Document, Hit, Mark, Passage
from askdesk.web import render
from askdesk.web.port import free_port

# The web library still uses calls that its own table library has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.queueing")

HOSTILE = "<script>alert(1)</script> {{value}} ${1+1} `code` <img src=x onerror='a()'> & **b** \x1b[31m"


def document(text: str, marks: tuple[Mark, ...] = (), **fields: Any) -> Document:
    about = {
        "id": "d",
        "source": "docs/a.txt",
        "title": "A title",
        "publisher": "A paper",
        "published": dt.date(2024, 10, 28),
        "updated": None,
        "url": "https://example.org/a?b=1&c=2",
        "sha256": "0",
        "passages": 1,
    }
    return Document(**(about | fields), text=text, marks=marks)


def citation(of: Document, start: int, end: int, *highlight: tuple[int, int], **fields: Any) -> Citation:
    about = {
        "page": 2,
        "line": 7,
        "score": 0.5,
        "document_id": of.id,
        "source": of.source,
        "title": of.title,
        "publisher": of.publisher,
        "published": of.published,
        "url": of.url,
    }
    return Citation(text=of.text[start:end], start=start, end=end, highlight=highlight, **(about | fields))


def found(*citations: Citation, question: str = "q", standalone: str = "q") -> Answer:
    return Answer(question, standalone, True, 0.9, citations, (), None)


class Seen(HTMLParser):
    """What a browser would see: the text, and every tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag in self._open:
            self.inside[tag] = self.inside.get(tag, "") + data


def test_a_card_marks_the_short_answer_and_names_the_place() -> None:
    text = "Before it. The hall holds 42,000 books & maps. After it."
    of = document(text)
    page = render.answer(found(citation(of, 11, 46, (26, 32), also_in=("e",))), {"d": of}, {"e": "Other <one>"})
    seen = Seen(page)
    assert seen.inside["blockquote"] == "The hall holds 42,000 books & maps."
    assert seen.inside["mark"] == "42,000"
    assert seen.inside["cite"] == "A title"
    for part in ("A paper", "2024-10-28", "docs/a.txt", "p. 2, line 7", "Also in: Other <one>"):
        assert part in seen.text
    assert seen.inside["details"] == "In its surroundingsBefore it. The hall holds 42,000 books & maps. After it."
    assert (
        "a",
        {"href": "https://example.org/a?b=1&c=2", "target": "_blank", "rel": "noopener noreferrer"},
    ) in seen.tags


def test_hostile_text_is_shown_and_obeyed_nowhere() -> None:
    of = document(HOSTILE + " " + HOSTILE, title=HOSTILE, publisher=HOSTILE, source=HOSTILE)
    hit = Hit(Passage("p", "d", 0, 9, HOSTILE, ""), HOSTILE, HOSTILE, HOSTILE, None, 0.5, 1, None)
    pages = [
        render.answer(
            found(citation(of, 0, len(HOSTILE), (0, 8), also_in=("e",)), standalone=HOSTILE), {"d": of}, {"e": HOSTILE}
        ),
        render.answer(Answer("q", HOSTILE, False, 0.1, (), (hit,), HOSTILE), {}, {}),
        render.question(HOSTILE),
        render.problem(HOSTILE),
        render.library([of], Path(HOSTILE)),
        render.library([], Path(HOSTILE)),
    ]
    for page in pages:
        seen = Seen(page)
        assert not {"script", "img", "b", "strong"} & {tag for tag, _ in seen.tags}
        assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]
        assert "<script>alert(1)</script> {{value}} ${1+1} `code`" in seen.text
        assert not re.search(r"[{}$`\x1b]", page)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://[", "", None])
def test_only_web_addresses_become_links(url: str | None) -> None:
    of = document("Some words.", url=url)
    assert "<a" not in render.answer(found(citation(of, 0, 11)), {"d": of}, {})


def test_surroundings_mark_the_quote_and_grey_the_furniture() -> None:
    text = "far " * 200 + "Skip to content\nThe quote stands here.\nRead also" + " off" * 200
    start = text.index("The quote")
    end = text.index("\nRead also")
    furniture = text.index("Skip to content")
    of = document(text, (Mark("furniture", furniture, furniture + 15), Mark("heading", start, start + 9, "1")))
    page = render.surroundings(citation(of, start, end), of)
    assert '<span class="ad-quote">The quote stands here.</span>' in page
    assert '<span class="ad-furniture">Skip to content</span>' in page
    shown = Seen(page).inside["div"]
    assert shown.startswith("… far far ")
    assert shown.endswith("off off …")
    assert shown.strip("… ") in text
    before, after = shown.split("The quote stands here.")
    assert 380 <= len(before) <= 402
    assert 380 <= len(after) <= 402


def test_surroundings_cut_no_long_word_away() -> None:
    of = document("x" * 1000 + "quote" + "y" * 1000)
    assert "quote" in render.surroundings(citation(of, 1000, 1005), of)


def test_a_declined_answer_looks_like_one() -> None:
    hit = Hit(Passage("p", "d", 0, 9, "near words " * 60, ""), "a.txt", "T", None, None, 0.5, 1, None)
    page = render.answer(
        Answer("q", "q", False, 0.1, (), (hit,) * 9, "Your documents do not say: Searched 4 documents."), {}, {}
    )
    seen = Seen(page)
    assert "blockquote" not in seen.inside
    assert seen.inside["h3"] == "Your documents do not say"
    assert "Searched 4 documents." in seen.text
    assert seen.text.count("Your documents do not say") == 1
    assert "which are not the answer" in seen.inside["summary"]
    assert seen.inside["details"].count("near words near words") >= 3
    assert len([tag for tag, _ in seen.tags if tag == "li"]) == 3
    assert "… " not in seen.inside["h3"]


def test_a_follow_up_says_how_it_was_read() -> None:
    page = render.answer(Answer("And maps?", "How many maps?", False, 0.1, (), (), "No."), {}, {})
    assert "Read as: How many maps?" in Seen(page).text
    assert "Read as" not in render.answer(Answer("q", "q", False, 0.1, (), (), "No."), {}, {})


def test_the_list_of_documents_counts_and_dates_them() -> None:
    older = document("", id="e", title="Older", published=dt.date(2024, 10, 16))
    page = render.library([document(""), older, document("", published=None)], Path("s"))
    assert Seen(page).inside["summary"] == "3 documents, 2024-10-16 to 2024-10-28"
    assert "1 document<" in render.library([document("", published=None)], Path("s"))
    assert "askdesk index FOLDER --store my/store" in Seen(render.library([], Path("my/store"))).text


def test_a_port_is_free_or_the_message_names_it() -> None:
    port = free_port("127.0.0.1", 0)
    assert free_port("127.0.0.1", port) == port
    with pytest.raises(AskdeskError, match=r"203\.0\.113\.7"):
        free_port("203.0.113.7", port)


# -- the page itself


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(small_store.build(tmp_path_factory.mktemp("web"))) as desk:
        yield desk


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    from askdesk.web import page

    server = page.launch(desk, Path("store"), "127.0.0.1", free_port("127.0.0.1", 0))
    yield server.local_url
    server.close(verbose=False)


def client(address: str) -> Any:
    from gradio_client import Client

    return Client(address, verbose=False, analytics_enabled=False)


def shown(messages: list[dict[str, Any]]) -> list[str]:
    return [message["content"][0]["value"] for message in messages]


def test_the_served_chat_answers_declines_and_goes_on(
    desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = client(address)
    box, messages = chat.predict(small_store.QUESTION, api_name="/ask")
    assert box == ""
    question, answer = shown(messages)
    assert small_store.QUESTION in question
    assert "<mark>" in answer
    assert "42,000" in Seen(answer).inside["blockquote"]
    assert "grain hall" in Seen(answer).inside["details"]
    _, messages = chat.predict(small_store.ELSEWHERE, api_name="/ask")
    assert "Your documents do not say" in shown(messages)[3]
    _, messages = chat.predict(" ", api_name="/ask")
    assert "That did not work" in shown(messages)[5]

    def broken(*_: object, **__: object) -> None:
        raise KeyError("inside")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "ask", broken)
        _, messages = chat.predict("x?", api_name="/ask")
    assert "bug" in shown(messages)[7]
    _, messages = chat.predict(small_store.QUESTION, api_name="/ask")
    assert shown(messages)[9] == answer


def test_follow_ups_pass_on_the_earlier_answers(desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    histories = []
    ask = desk.ask

    def listening(question: str, history: tuple[Answer, ...]) -> Answer:
        histories.append(tuple(earlier.question for earlier in history))
        return ask(question, history=history)

    monkeypatch.setattr(desk, "ask", listening)
    first, second = client(address), client(address)
    first.predict(small_store.QUESTION, api_name="/ask")
    first.predict("And how many maps?", api_name="/ask")
    second.predict("Who led the repairs?", api_name="/ask")
    assert histories == [(), (small_store.QUESTION,), ()]


def test_the_page_names_nothing_outside_this_machine(address: str) -> None:
    import gradio.analytics
    import httpx

    assert not gradio.analytics.analytics_enabled()
    html = httpx.get(address).text
    assert '"analytics_enabled":false' in html.replace(" ", "")
    assert '"share":true' not in html.replace(" ", "")
    fetched = re.findall(r"""<(?:script|link|img)[^>]*(?:src|href)=["'](https?://[^"']+)""", html)
    assert [url for url in fetched if not url.startswith(address)] == []


def test_examples_are_offered_only_where_the_documents_answer_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from askdesk.web import page

    assert page.examples(desk) == ()
    monkeypatch.setattr(page, "EXAMPLES", (small_store.QUESTION, small_store.ELSEWHERE))
    assert page.examples(desk) == (small_store.QUESTION, small_store.ELSEWHERE)


def test_the_first_screen_says_what_to_ask(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from askdesk.web import page

    offered = next(fn.fn for fn in page.build(desk, Path("store")).fns.values() if fn.name == "offered")
    assert "Ask in whole sentences" in offered().placeholder
    monkeypatch.setattr(page, "EXAMPLES", (small_store.QUESTION,))
    assert offered().placeholder is None


def test_no_question_ends_without_an_answer_or_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A damaged index made Tantivy panic, which is no Exception: the questions of the chat never ended."""
    from askdesk.web import page

    with Desk(small_store.build(tmp_path)) as desk:
        served = page.launch(desk, tmp_path / "store", "127.0.0.1", free_port("127.0.0.1", 0))
        try:
            chat = client(served.local_url)
            _, messages = chat.predict(small_store.QUESTION, api_name="/ask")
            assert "42,000" in shown(messages)[1]
            for file in (tmp_path / "store" / "caches").rglob("*.idx"):
                file.write_bytes(bytes(file.stat().st_size))
            _, messages = chat.predict(small_store.QUESTION, api_name="/ask")
            assert "damaged" in shown(messages)[3]
            assert "askdesk repair" in shown(messages)[3]
        finally:
            served.close()


def test_a_panic_is_shown_and_the_wish_to_end_is_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from askdesk.web import page

    class PanicException(BaseException):
        """As libraries written in Rust raise it."""

    def raising(error: BaseException) -> Any:
        def ask(*_: object, **__: object) -> None:
            raise error

        return ask

    monkeypatch.setattr(desk, "ask", raising(PanicException("index out of bounds")))
    monkeypatch.setattr(desk, "documents", raising(PanicException("index out of bounds")))
    assert "index out of bounds" in page.answered(desk, "Who?", ())[1]
    assert "index out of bounds" in page.listed(desk, Path("store"))
    assert page.examples(desk) == ()
    monkeypatch.setattr(desk, "ask", raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        page.answered(desk, "Who?", ())


def test_a_missing_store_is_a_friendly_line(tmp_path: Path) -> None:
    from askdesk.web import page

    with Desk(tmp_path / "none") as desk:
        assert "askdesk index" in Seen(page.listed(desk, tmp_path / "none")).text
        assert page.examples(desk) == ()
        _, html, answer = page.answered(desk, "Who?", ())
    assert answer is None
    assert "That did not work" in html
    assert not (tmp_path / "none").exists()
