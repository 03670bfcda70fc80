"""PDF, docx, mail: canonical text, marks, facts, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import threading
import zipfile

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


def test_pdf_running_heads_of_large_type_are_no_headings() -> None:
    pages = [
        [
            (14, 72, 800, "Kestrel Valley Water Board"),
            *((14, 72, 780, words) for words in title),
            (10, 72, 740, f"The {['lower', 'upper', 'middle'][n - 1]} reservoir held less water than ever before."),
            (14, 72, 30, f"Page {n} of 3"),
        ]
        for n, title in enumerate((["Drought Review 2022"], ["Where the rain fell"], []), 1)
    ]
    reading = read(pdf(pages), "review.pdf")
    assert spans(reading, "heading") == [("1", "Drought Review 2022"), ("1", "Where the rain fell")]
    running = [words for n in (1, 2, 3) for words in ("Kestrel Valley Water Board", f"Page {n} of 3")]
    assert sorted(words for _, words in spans(reading, "furniture")) == sorted(running)
    assert reading.title == "Drought Review 2022"


def test_pdf_headings_are_joined_only_at_normal_leading() -> None:
    page = [
        (18, 72, 790, "The long history of"),
        (18, 72, 769, "the bridge of steel"),
        (18, 72, 730, "Summary"),
        (14, 72, 708, "Length"),
        (10, 72, 690, "It is 2,467 metres long and carries two tracks across the firth."),
        (18, 72, 60, "Contents"),
    ]
    reading = read(pdf([page, [(18, 72, 790, "Steel"), (10, 72, 760, STORY)]]), "bridge.pdf")
    assert [" ".join(words.split()) for _, words in spans(reading, "heading")] == [
        "The long history of the bridge of steel",
        "Summary",
        "Length",
        "Contents",
        "Steel",
    ]


def test_pdf_title_that_the_other_pages_repeat_in_small_type_is_a_heading() -> None:
    first = [(24, 72, 780, "A bridge of steel"), (10, 72, 740, STORY)]
    others = [[(8, 72, 800, "A bridge of steel"), (10, 72, 740, f"Part {n}. {STORY}")] for n in "ab"]
    reading = read(pdf([first, *others]), "bridge.pdf")
    assert spans(reading, "heading") == [("1", "A bridge of steel")]
    assert [words for why, words in spans(reading, "furniture") if why == "page header"] == ["A bridge of steel"] * 2


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


@pytest.mark.parametrize("name", ["notes.pdf", "notes.docx"])
def test_plain_text_of_any_name_is_read_as_text(name: str) -> None:
    for text in (f"Steel\n\n{STORY}\n", "Café au port, trois fois par an : déjà vu.\n"):
        for encoding in ("utf-8", "cp1252", "utf-16"):
            assert read(text.encode(encoding), name).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x05\x06 an archive without its head",
        pdf(PAGES)[12:],
        b"%PDF without a number",
        STORY.encode() + b"\x00\x01",
        b"\xef\xbb\xbf" + STORY.encode() + b"\xff",
        bytes(range(1, 256)) * 4,
    ],
)
def test_what_is_no_clean_text_is_refused_under_these_names(data: bytes) -> None:
    assert "broken" in refusal(data, "notes.pdf")
    assert "broken" in refusal(data, "notes.docx")


def test_docx_whose_text_may_have_any_name_is_measured_whole() -> None:
    out = io.BytesIO(docx(("Normal", "x")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/another.dat", b"<a/>" * 40_000_000)
    assert "unpacks to" in refusal(out.getvalue(), "bomb.docx")


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
    assert spans(reading, "heading") == [("1", "Subject: Why the bridge was painted")]
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
    assert spans(reading, "heading") == [("1", "Subject: Why the bridge was painted"), ("2", "Steel")]


def letter(body: str) -> Reading:
    return read(MAIL + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body.encode(), "letter.eml")


def test_mail_signature_and_quoted_replies_are_furniture() -> None:
    quote = "On Sun, 27 Oct 2024 at 9:12, The desk <desk@bridges.example>\r\nwrote:\r\n> Is it red?\r\n>\r\n> Or grey?"
    short = "Am 26.10.2024 schrieb das Amt:\r\n\r\n> Is it old?"
    sign = "-- \r\nThe bridge desk\r\nQuay 1, upper floor"
    reading = letter(f"It is red.\r\n\r\n{quote}\r\n\r\nIt was grey before.\r\n\r\n{short}\r\n\r\n{sign}\r\n")
    assert spans(reading, "furniture") == [("quoted reply", quote), ("quoted reply", short), ("signature", sign)]


@pytest.mark.parametrize(
    "body",
    [
        "> Everything here is quoted.\n> Nothing is added.\n",
        "The paint is red.\n>From the pier it looks brown.\n",
        "On the pier a visitor wrote:\nIt is brown.\n",
        "First part of the letter.\n--\n" + f"{STORY}\n" * 30,
    ],
)
def test_mail_without_signature_or_reply(body: str) -> None:
    assert not [why for why, _ in spans(letter(body), "furniture") if why != "separator"]


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
