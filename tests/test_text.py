from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdesk.text import fold, line_number, line_starts, sentences, trim, words

PIECES = ['"', "“", "”", " ", ". ", "A", "word ", "\n", "\n\n", "\r\n", "! ", "x" * 60 + " ", "Long one " * 40, "…"]
PIECES += ["\u200b", "é", "\u202e", "e\u0301", "\x00", "Mr. ", "3.5 ", "🎉"]


def parts(text: str) -> list[str]:
    return [text[low:high] for low, high in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He met Gen. Smith of the U.S. Army on Oct. 28.", ["He met Gen. Smith of the U.S. Army on Oct. 28."]),
        ("It cost 3.5 million. Then it fell.", ["It cost 3.5 million.", "Then it fell."]),
        ("Doors open at 8 p.m. ET. Come early.", ["Doors open at 8 p.m. ET.", "Come early."]),
        ("It is held at 10:59 p.m. ET on Wednesday.", ["It is held at 10:59 p.m. ET on Wednesday."]),
        ("The bill passed at 2 a.m. Sunday. He left.", ["The bill passed at 2 a.m. Sunday.", "He left."]),
        ("It ended at 5 p.m. The mayor left.", ["It ended at 5 p.m.", "The mayor left."]),
        ("So said Graham, R-S.C. on air. He left.", ["So said Graham, R-S.C. on air.", "He left."]),
        ("Headline without a stop\nThe story begins. It goes on.", None),
        ("- one item\n- another item", ["one item", "another item"]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    if expected is None:
        expected = ["Headline without a stop", "The story begins.", "It goes on."]
    assert parts(text) == expected


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "This paragraph was filled to a width by an editor, so that its lines end where\n"
        "the next word no longer fitted and mean nothing. A second sentence then begins\n"
        "in the middle of a line."
    )
    assert len(parts(text)) == 2


def test_a_long_speech_is_cut_and_keeps_its_quotation_marks() -> None:
    speech = "“We came to this town a long time ago and built all that stands here with our own hands. " * 3
    speech += "We shall not leave it now, whatever is said about us in the capital or in the papers. It is ours.”"
    found = parts(f"He said: {speech} Then he sat down.")
    assert len(found) >= 4
    assert found[-2].endswith("It is ours.”")
    assert found[-1] == "Then he sat down."


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_sentences_are_ordered_slices_that_lose_no_word(text: str) -> None:
    at = 0
    for low, high in sentences(text):
        assert at <= low < high <= len(text)
        assert (low, high) == trim(text, low, high)
        assert not any(char.isalnum() for char in text[at:low])
        at = high
    assert not any(char.isalnum() for char in text[at:])


@given(st.text())
def test_sentences_of_any_text(text: str) -> None:
    assert all(low < high for low, high in sentences(text))


def test_endless_lines_take_linear_time() -> None:
    # Would not end in a test's time were any step quadratic.
    assert sentences('("“' * 300_000)
    assert len(sentences("a\n" * 200_000)) == 200_000


def test_words() -> None:
    text = "Don’t pay 10,000 dollars to the U.S. envoy—ever."
    assert [text[low:high] for low, high in words(text)] == [
        "Don’t", "pay", "10,000", "dollars", "to", "the", "U.S", "envoy", "ever",
    ]  # fmt: skip


def test_fold() -> None:
    assert fold("“Ten\u00a0thousand” –  Men’s") == fold('"ten thousand" - men\'s')


def test_line_numbers() -> None:
    text = "one\ntwo\r\nthree\rfour"
    starts = line_starts(text)
    assert [line_number(starts, text.index(word)) for word in ("one", "two", "three", "four")] == [1, 2, 3, 4]
