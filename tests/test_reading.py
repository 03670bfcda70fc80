"""Text files: the canonical text is the decoded file, unchanged, whatever its encoding."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from askdesk.errors import UnreadableDocument
from askdesk.reading import SUFFIXES, read
from askdesk.types import Reading

STORY = "The bridge was opened on 4 March 1890, and trains still cross it every day."


def spans(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(mark.value, reading.text[mark.start : mark.end]) for mark in reading.marks if mark.kind == kind]


def assert_sound(reading: Reading) -> None:
    starts = [mark.start for mark in reading.marks]
    assert starts == sorted(starts)
    assert all(0 <= mark.start <= mark.end <= len(reading.text) for mark in reading.marks)
    reading.text.encode("utf-8")  # a lone surrogate would raise


def test_the_listed_suffixes() -> None:
    assert SUFFIXES == (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml", ".csv")


plain = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff\ufffd")
    | st.sampled_from("\n\r\t\x0b\x0c 0aZ.-é\u200b\u202e\u0301\xa0"),
    min_size=1,
).filter(lambda text: any(map(str.isalnum, text)))


@given(plain, st.sampled_from([".txt", ".md", ".csv"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_text_comes_back_unchanged(text: str, suffix: str, encoding: str) -> None:
    assume(not text.lstrip().startswith("<"))
    reading = read(text.encode(encoding), "any" + suffix)
    assert reading.text == text
    assert_sound(reading)


@given(plain)
def test_big_endian_with_a_mark_comes_back_unchanged(text: str) -> None:
    assert read(b"\xfe\xff" + text.encode("utf-16-be"), "any.txt").text == text


WESTERN = "".join(
    char for char in bytes(range(0xA0, 0x100)).decode("cp1252") + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ" if char.isprintable()
)


@given(st.text(st.sampled_from(WESTERN), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\r"]))
def test_windows_1252_comes_back_unchanged(letters: str, line_end: str) -> None:
    # Two letters side by side may by chance be one letter of UTF-8; apart they cannot.
    text = f"{STORY}{line_end}A word {'a'.join(letters)} between others.{line_end}"
    assert read(text.encode("cp1252"), "any.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    text = f"{STORY}\r\nŽižkov, Ελλάδα, Київ.\r\n"
    assert read(text.encode(encoding), "any.txt").text == text


def test_a_byte_order_mark_is_dropped_and_one_inside_is_kept() -> None:
    assert read(b"\xef\xbb\xbf" + STORY.encode(), "a.txt").text == STORY
    assert read(f"{STORY}\ufeff{STORY}".encode(), "a.txt").text == f"{STORY}\ufeff{STORY}"


def test_cyrillic_in_a_single_byte_encoding() -> None:
    text = (
        "Мост открыли весной, и с тех пор поезда ходят по нему каждый день. Инженеры проверяют его два раза в год, "
        "весной и осенью, а зимой за ним следят приборы. Длина моста больше двух километров.\n"
    )
    assert read(text.encode("cp1251"), "a.txt").text == text


def test_mixed_encodings_keep_what_is_whole() -> None:
    data = "Café, naïve, Żółw and Київ. ".encode() + "Café again.".encode("cp1252")
    assert read(data, "a.txt").text == "Café, naïve, Żółw and Київ. Café again."


def test_surrogates_become_replacement_characters() -> None:
    wtf8 = STORY.encode() + b" \xed\xa0\xbd Caf\xc3\xa9 " + STORY.encode()
    assert read(wtf8, "a.txt").text == f"{STORY} \ufffd Café {STORY}"
    sixteen = b"\xff\xfe" + f"{STORY}X{STORY}".encode("utf-16-le").replace(b"X\x00", b"\x3d\xd8")
    assert read(sixteen, "a.txt").text == f"{STORY}\ufffd{STORY}"


def test_rare_nul_characters_are_kept_with_exact_offsets() -> None:
    text = f"{STORY}\x00 {STORY}"
    reading = read(text.encode(), "a.txt")
    assert reading.text == text
    assert reading.text.index("\x00") == len(STORY)


def test_invisible_and_combining_characters_keep_their_places() -> None:
    text = f"\u202eabc\u202c Cafe\u0301 zero\u200bwidth 👩‍👩‍👧 {unicodedata.normalize('NFD', 'Žižkov')}\n{STORY}\n"
    reading = read(text.encode(), "a.txt")
    assert reading.text == text
    assert reading.text[reading.text.index(STORY) :] == STORY + "\n"


def test_the_title_line_of_a_text_is_a_heading() -> None:
    reading = read(f"A bridge of steel crosses the firth\n\n{STORY}\n".encode(), "a.txt")
    assert reading.title == "A bridge of steel crosses the firth"
    assert ("title", "first line") in reading.origins
    assert spans(reading, "heading") == [("1", "A bridge of steel crosses the firth")]


def test_a_text_that_starts_with_a_sentence_has_no_title() -> None:
    reading = read(f"{STORY}\n{STORY}\n".encode(), "a.txt")
    assert reading.title is None
    assert reading.marks == ()


def test_markdown_headings_outside_code() -> None:
    text = (
        "# One #\n\nText\n\nTwo words\n---------\n\n```\n# not a heading\n```\n\n### Three\r\ntext\r\n\r\n- item\n---\n"
    )
    reading = read(text.encode(), "a.md")
    assert reading.text == text
    assert spans(reading, "heading") == [("1", "One"), ("2", "Two words"), ("3", "Three")]
    assert reading.title == "One"


def test_a_table_is_its_source() -> None:
    text = 'year,"length, m"\r\n1890,2467\r\n'
    assert read(text.encode(), "a.csv") == Reading(text)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "notes.txt", "is empty"),
        (b" \r\n\t ", "notes.txt", "is empty"),
        (b"\x00" * 50, "notes.txt", "is empty"),
        (b"-- ... --", "notes.txt", "no readable text"),
        (bytes(range(256)) * 20, "notes.txt", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "notes.txt", "an image"),
        (b"\x7fELF" + bytes(100), "notes.txt", "a program"),
        (b"PK\x03\x04 and no archive after it", "notes.txt", "broken"),
        (b"{\\rtf1 Hello}", "notes.txt", "rich text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc.docx", "password"),
        (b"plain words\x01", "notes.pdf", "no PDF"),
        (b"plain words\x01", "notes.docx", "no docx"),
        (b"plain words", "notes.xyz", "format that is not read"),
        (b"word " * 4_100_000, "notes.txt", "split it"),
        (b"x" * 81_000_000, "notes.txt", "split it"),
        (b"<p>" + b"word " * 4_100_000, "notes.html", "split it"),
    ],
)
def test_refused_in_one_line_that_names_the_file(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(data, name)
    message = str(caught.value)
    assert name in message
    assert says in message
    assert "\n" not in message
    assert len(message) < 200


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"<!DOCTYPE html><html><body><p>Seen</p></body></html>", "page.txt", "Seen"),
        (b"\xef\xbb\xbf<!-- saved -->\n<HTML><p>Seen", "page.md", "Seen"),
        (b"Only words,\nno tags\n", "page.html", "Only words,\nno tags\n"),
        (b"<p>no html element", "page.htm", "no html element"),
    ],
)
def test_the_content_decides_where_the_suffix_misleads(data: bytes, name: str, text: str) -> None:
    assert read(data, name).text == text


def test_a_text_of_furniture_alone_is_read() -> None:
    reading = read(b"Skip to content\nADVERTISEMENT\nShare this article\n", "a.txt")
    marked = sum(mark.end - mark.start for mark in reading.marks if mark.kind == "furniture")
    assert marked == len("Skip to content" + "ADVERTISEMENT" + "Share this article")


def test_a_line_of_five_megabytes_is_read_whole() -> None:
    text = STORY[:-1] * 70_000
    for name, data in (("a.txt", text), ("a.md", text), ("a.html", f"<html><p>{text}")):
        assert read(data.encode(), name).text == text


def test_importing_reading_imports_no_heavy_library() -> None:
    code = (
        "import sys, askdesk.reading; heavy = {'lxml', 'trafilatura', 'docx', 'pypdfium2', 'charset_normalizer', 'email',"
        " 'zipfile', 'numpy'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
