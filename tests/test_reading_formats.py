"""PDF, docx, mail: canonical text, marks, facts, and what is refused."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from tests.making import docx, pdf, replaced

from askdesk.errors import UnreadableDocument
from askdesk.reading import pdf as pdf_module
from askdesk.reading import read
from askdesk.reading.pdf import boxes
from askdesk.types import Reading

STORY = "The bridge was opened on 4 March 1890, and trains still cross it every day."
PAGES = [
    [
        (24, 72, 760, "A bridge of steel"),
        (10, 72, 720, "The bridge was opened in 1890. It is"),
        (10, 72, 708, "2,467 metres long."),
        (10, 72, 670, "Trains cross it."),
        (8, 72, 30, "Bridges today - page 1"),
    ],
    [(10, 72, 760, "The second page says more."), (8, 72, 30, "Bridges today - page 2")],
    [(10, 72, 760, "The third page ends it."), (8, 72, 30, "Bridges today - page 3")],
]


def spans(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(mark.value, reading.text[mark.start : mark.end]) for mark in reading.marks if mark.kind == kind]


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(data, name)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(name)
    return str(caught.value)


def test_pdf_text_pages_headings_and_running_feet() -> None:
    reading = read(pdf(PAGES), "bridge.pdf")
    assert reading.text == (
        "A bridge of steel\n\nThe bridge was opened in 1890. It is\n2,467 metres long.\n\nTrains cross it.\n\n"
        "Bridges today - page 1\n\nThe second page says more.\n\nBridges today - page 2\n\n"
        "The third page ends it.\n\nBridges today - page 3"
    )
    assert [(value, text[:15], text[-6:]) for value, text in spans(reading, "page")] == [
        ("1", "A bridge of ste", "page 1"),
        ("2", "The second page", "page 2"),
        ("3", "The third page ", "page 3"),
    ]
    assert spans(reading, "heading") == [("1", "A bridge of steel")]
    assert spans(reading, "furniture") == [("page header", f"Bridges today - page {n}") for n in (1, 2, 3)]
    assert (reading.title, dict(reading.origins)["title"]) == ("A bridge of steel", "largest type")


def test_pdf_boxes_lie_where_the_words_are_printed() -> None:
    data = pdf(PAGES)
    reading = read(data, "bridge.pdf")
    start = reading.text.index("2,467")
    found = boxes(data, start, start + 5)
    assert [page for page, *_ in found] == [1] * 5
    assert all(700 < bottom < top < 720 for _, _, bottom, _, top in found)
    lefts = [left for _, left, *_ in found]
    assert lefts == sorted(lefts)
    assert lefts[0] == pytest.approx(72, abs=2)
    second = reading.text.index("second")
    assert {page for page, *_ in boxes(data, second, second + 6)} == {2}
    end = reading.text.index("It is") + 5
    assert boxes(data, end, end + 1) == ()  # the line break is printed nowhere


def test_pdf_title_from_its_properties_unless_a_program_made_it() -> None:
    assert read(pdf(PAGES, title="Steel over water"), "a.pdf").title == "Steel over water"
    assert read(pdf(PAGES, title="Microsoft Word - draft.docx"), "a.pdf").title == "A bridge of steel"


def test_pdf_is_read_by_many_threads() -> None:
    data = pdf(PAGES)
    expected = read(data, "a.pdf")
    results: list[Reading] = []
    threads = [threading.Thread(target=lambda: results.append(read(data, "a.pdf"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 8


def test_pdf_waits_while_another_thread_is_in_pdfium() -> None:
    thread = threading.Thread(target=read, args=(pdf(PAGES), "a.pdf"))
    with pdf_module._LOCK:
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
    thread.join()


def test_pdf_refusals() -> None:
    assert "encrypted" in refusal(pdf(PAGES, encrypted=True), "locked.pdf")
    assert "OCR" in refusal(pdf([[], []]), "scan.pdf")
    assert "broken" in refusal(b"%PDF-1.7\n" + b"\x00\xff" * 50, "torn.pdf")
    assert "broken" in refusal(pdf(PAGES)[:60], "torn.pdf")


def test_a_pdf_of_any_name_is_a_pdf() -> None:
    assert read(pdf(PAGES), "page.html").text.startswith("A bridge of steel")
    assert read(pdf(PAGES), "notes.txt").text.startswith("A bridge of steel")


def test_docx_paragraphs_headings_and_title() -> None:
    data = docx(("Heading 1", "A bridge of steel"), ("Normal", STORY), ("Heading 2", "Length"), title="Steel")
    reading = read(data, "bridge.docx")
    assert reading.text == f"A bridge of steel\n{STORY}\nLength"
    assert spans(reading, "heading") == [("1", "A bridge of steel"), ("2", "Length")]
    assert (reading.title, dict(reading.origins)["title"]) == ("Steel", "file properties")
    assert read(docx(("Title", "A bridge of steel"), ("Normal", STORY)), "a.docx").title == "A bridge of steel"
    assert read(data, "bridge.txt").text == reading.text


def test_docx_tables_tabs_and_tracked_changes() -> None:
    body = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        b"<w:p><w:r><w:t>Length</w:t><w:tab/><w:t>2,467 m</w:t><w:br/><w:t>Height</w:t></w:r></w:p>"
        b"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
        b"<w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        b"<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>"
        b"</w:body></w:document>"
    )
    data = replaced(docx(("Normal", "x")), "word/document.xml", body)
    assert read(data, "a.docx").text == "Length\t2,467 m\nHeight\na b\tc\nnew"


def test_docx_refusals() -> None:
    good = docx(("Normal", STORY))
    assert "broken" in refusal(good[: len(good) // 2], "torn.docx")
    assert "broken" in refusal(replaced(good, "word/document.xml", b"<w:document"), "torn.docx")
    assert "broken" in refusal(replaced(good, "[Content_Types].xml", b"<x/>"), "torn.docx")
    assert "unpacks to" in refusal(replaced(good, "word/document.xml", b" " * 101_000_000), "bomb.docx")
    assert "no readable text" in refusal(docx(("Normal", "")), "blank.docx")


def test_docx_entities_are_not_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    body = (
        bomb + b']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&j; end of it</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        text = read(replaced(docx(("Normal", "x")), "word/document.xml", body), "bomb.docx").text
    except UnreadableDocument:
        return
    assert len(text) < 100


MAIL = (
    b"From: =?utf-8?q?Bridge_d=C3=A9sk?= <desk@bridges.example>\r\nTo: all@bridges.example\r\n"
    b"Subject: Why the bridge\r\n was painted\r\nDate: Mon, 28 Oct 2024 23:30:00 -0500\r\nMIME-Version: 1.0\r\n"
)


def test_mail_headers_and_plain_body() -> None:
    body = f"Dear readers,\r\n\r\n{STORY} Café.\r\n"
    data = MAIL + b"Content-Type: text/plain; charset=windows-1252\r\n\r\n" + body.encode("cp1252")
    reading = read(data, "letter.eml")
    assert reading.text == (
        "Subject: Why the bridge was painted\nFrom: Bridge désk <desk@bridges.example>\nTo: all@bridges.example\n"
        f"Date: Mon, 28 Oct 2024 23:30:00 -0500\n\n{body}"
    )
    assert spans(reading, "heading") == [("1", "Why the bridge was painted")]
    assert (reading.title, reading.publisher) == ("Why the bridge was painted", "Bridge désk")
    assert reading.published == dt.date(2024, 10, 28)


def test_mail_prefers_plain_text_and_leaves_attachments_out() -> None:
    parts = (
        b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nattached\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nplain words\r\n--b--\r\n"
    )
    reading = read(MAIL + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts, "letter.eml")
    assert reading.text.endswith("\n\nplain words")


def test_mail_of_html_keeps_its_marks() -> None:
    data = MAIL + f"Content-Type: text/html; charset=utf-8\r\n\r\n<h2>Steel</h2><p>{STORY}</p>".encode()
    reading = read(data, "letter.eml")
    assert spans(reading, "heading") == [("1", "Why the bridge was painted"), ("2", "Steel")]


@pytest.mark.parametrize(
    "data",
    [
        b"From: " + b"(" * 5000 + b"\nSubject: x\n\nhello there",
        b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nhello there",
        b"Date: Mon, 99 Foo 2024\nContent-Type: text/plain; charset=no-such\n\nhello there",
        b"Content-Type: multipart/mixed\n\nhello there",
        b"Content-Transfer-Encoding: base64\nSubject: x\n\n!!!! hello there",
        b"no header at all, only hello there",
    ],
)
def test_broken_mail_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert read(data, "letter.eml").text


def test_mail_refusals() -> None:
    assert "more parts" in refusal(b"Subject: x\n\n" + b"\n--a\nx" * 30_000, "huge.eml")
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=a%d\n\n--a%d\n" % (n, n) for n in range(3000))
    assert "nested too deeply" in refusal(nested + b"\nhello", "nested.eml")
