"""Near-copies are told by their words, whatever was cut, added or dressed anew; other stories are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdesk.copies import (
    BANDS,
    KEPT,
    SENTENCE_WORDS,
    bands,
    containment,
    groups,
    is_copy,
    resemblance,
    sentence_keys,
    signature,
)

FERRY = """The night ferry to Orsa turned back on Monday after its bow door would not close.

Captain Mary Hill told passengers over the loudspeaker that the crossing was cancelled and that buses were waiting.

About 240 people spent the night in a school hall, where volunteers served soup and handed out blankets.

The company said that a hydraulic pump had failed an hour out of port and that divers would look at the hinges.

Inspectors found rust on the same door in March, according to a report that the harbour office published in June.

"Nobody was ever in danger," the company's director wrote, but he would not say when the ship might sail again.

The mayor asked for a second ship, because the islands have no other link once the autumn storms close the airfield.

Fishermen carried letters and medicine across in the morning, as their grandfathers had done before there was a ferry."""

MARKET = """Prices at the Orsa fish market rose for the third week as boats stayed in port.

Traders said that cod fetched twice what it had cost in summer, and that restaurants had begun to serve farmed trout.

The ministry of fisheries promised to lift a limit on small boats, but its officials did not give a day.

One buyer, who has come to the hall since she was a girl, called it the leanest autumn that she could remember.

Economists at the savings bank expect the shortage to pass once the wind turns and larger vessels can leave.

The council meanwhile voted to spend its winter fund on cold rooms, which would keep a good catch for bad weeks."""


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def alike(one: str, other: str) -> float:
    return containment(signature(one), signature(other))


def test_the_signature_of_a_text_is_fixed_for_good() -> None:
    # Signatures are stored: another value here means that stores must be made anew (the recipe's version).
    assert signature("One two three four five six").hex() == "c843d0146093b1b066c71ef5"


def test_edited_and_cut_and_grown_texts_are_copies() -> None:
    story, others = paragraphs(FERRY), paragraphs(MARKET)
    assert is_copy(signature(FERRY), signature(FERRY))
    assert is_copy(signature(FERRY), signature("\n\n".join(story[:3])))
    assert is_copy(signature(FERRY), signature("\n\n".join([*others[:1], *story, *others[1:]])))
    assert is_copy(signature(FERRY), signature("\n\n".join([*story[:6], *others[4:]])))


def test_other_stories_and_a_passage_taken_over_are_no_copies() -> None:
    story, others = paragraphs(FERRY), paragraphs(MARKET)
    assert alike(FERRY, MARKET) == 0
    quoting = "\n\n".join([*others, story[0]])
    assert resemblance(signature(FERRY), signature(quoting)) > 0
    assert not is_copy(signature(FERRY), signature(quoting))


def test_containment_counts_by_the_shorter_text_and_resemblance_by_both() -> None:
    brief = signature("\n\n".join(paragraphs(FERRY)[:4]))
    whole = signature(FERRY)
    assert containment(brief, whole) == containment(whole, brief) == 1
    assert 0.4 < resemblance(brief, whole) < 0.6


def test_a_brief_is_found_in_a_text_thirty_times_longer() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choice("abcdefghij") for _ in range(6)) for _ in range(5_000)]
    long = FERRY + "\n\n" + " ".join(words)
    assert len(signature(long)) == 4 * KEPT
    assert alike(FERRY, long) > 0.9
    assert alike(MARKET, long) == 0


def test_the_estimate_is_near_the_truth_for_long_texts() -> None:
    chance = random.Random(2)
    words = ["".join(chance.choice("abcdefghij") for _ in range(6)) for _ in range(6_000)]
    half = alike(" ".join(words[:4_000]), " ".join(words[2_000:]))
    assert half == pytest.approx(0.5, abs=0.1)


def test_case_quotation_marks_dashes_and_line_breaks_make_no_difference() -> None:
    dressed = FERRY.upper().replace('"', "“").replace("'", "’").replace(" ", "\n")
    assert signature(dressed) == signature(FERRY)


def test_furniture_is_left_out() -> None:
    form = "Sign up for our morning letter and never miss a story from the islands again, free of charge. "
    text = form + FERRY + form
    spans = [(len(form) + len(FERRY), len(text)), (0, len(form))]
    assert signature(text, spans) == signature(FERRY)
    assert signature(text, [*spans, (5, 9), (2, 30)]) == signature(FERRY)
    assert signature(text) != signature(FERRY)


def test_a_gallery_under_two_stories_does_not_make_them_copies() -> None:
    chance = random.Random(3)
    shots = [" ".join("".join(chance.choices("abcdef", k=5)) for _ in range(20)) for _ in range(16)]
    gallery = " ".join(f"{shot.capitalize()}. Ann Lee/Northern Wire" for shot in shots)
    one, other = f"{FERRY}\n\n{gallery}", f"{MARKET}\n\n{gallery}"
    assert not is_copy(signature(one), signature(other))
    assert is_copy(signature(one.replace("Ann Lee/", "")), signature(other.replace("Ann Lee/", "")))


@pytest.mark.parametrize(("between", "size"), [(" ", 500), ("\n\n", 200)])
def test_single_captions_cost_no_story(between: str, size: int) -> None:
    """Far from each other in one line, or each in a line of its own."""
    story = f"{FERRY} {MARKET}".replace("\n\n", " ")
    parts = [story[at : at + size] for at in range(0, len(story), size)]
    text = f"{between}Ann Lee/Northern Wire{between}".join(parts)
    assert text.count("Ann Lee/") >= 3
    assert len(signature(text)) > 0.9 * len(signature(text.replace("Ann Lee/", "")))


def test_two_captions_near_each_other_are_no_gallery() -> None:
    text = f"{MARKET} Ann Lee/Northern Wire {paragraphs(FERRY)[0]} Ann Lee/Northern Wire {MARKET}"
    assert alike(text, paragraphs(FERRY)[0]) == 1


@pytest.mark.parametrize("text", ["", " \n", "One two three", "—…!"])
def test_texts_with_hardly_a_word_have_no_copies(text: str) -> None:
    assert signature(text) == b""
    assert bands(b"") == ()
    assert containment(b"", signature(FERRY)) == resemblance(b"", b"") == 0


def test_two_notes_of_a_line_are_not_copies_by_one_phrase() -> None:
    assert not is_copy(signature("The town council said on Monday"), signature("The town council said on Tuesday"))


def test_copies_share_keys_and_other_stories_do_not() -> None:
    keys = set(bands(signature(FERRY)))
    assert len(keys) == BANDS
    assert len(keys & set(bands(signature("\n\n".join(paragraphs(FERRY)[2:]))))) >= 8
    assert not keys & set(bands(signature(MARKET)))


def test_sentence_keys_are_of_the_words_alone() -> None:
    one = "He left. “Nobody was ever in any danger,” the company’s director – a sailor – wrote on Monday. Rain fell."
    other = '"Nobody was ever in any danger", THE COMPANY\'S DIRECTOR - a sailor - wrote on Monday!'
    ((start, end, key),) = sentence_keys(one)
    assert one[start:end].startswith("“Nobody")
    assert one[start:end].endswith("Monday.")
    assert [found[2] for found in sentence_keys(other)] == [key]


def test_sentence_keys_differ_by_a_word_and_fit_sqlite() -> None:
    keys = [key for _, _, key in sentence_keys(FERRY + "\n\n" + MARKET)]
    assert len(keys) == len(set(keys)) == 14
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert min(keys) < 0 < max(keys)
    ((_, _, changed),) = sentence_keys(paragraphs(FERRY)[0].replace("Monday", "Tuesday"))
    assert changed not in keys


def test_short_sentences_have_no_key() -> None:
    words = ["the", "ship", "came", "back", "to", "port", "that", "very", "day"]
    assert sentence_keys(" ".join(words[: SENTENCE_WORDS - 1]) + ".") == ()
    assert len(sentence_keys(" ".join(words[:SENTENCE_WORDS]) + ".")) == 1


def test_sentences_that_touch_furniture_have_no_key() -> None:
    every = sentence_keys(FERRY)
    start, end, _ = every[2]
    middle = (start + 3, end - 3)
    wide = (0, 2)
    assert sentence_keys(FERRY, [middle, wide]) == (every[1], *every[3:])
    assert sentence_keys(FERRY, [(every[3][0], every[4][1]), (every[3][0] + 1, every[3][0] + 2)]) == (
        *every[:3],
        *every[5:],
    )
    assert sentence_keys(FERRY, [(end, every[3][0])]) == every


def test_groups_join_what_is_linked_in_any_order() -> None:
    pairs = [("d", "b"), ("x", "y"), ("c", "d"), ("b", "d"), ("e", "e")]
    expected = (("b", "c", "d"), ("x", "y"))
    assert groups(pairs) == groups(reversed(pairs)) == groups((two, one) for one, two in pairs) == expected
    assert groups([]) == ()


def test_a_long_chain_of_links_is_joined() -> None:
    pairs = [(f"{n:06}", f"{n + 1:06}") for n in range(50_000)]
    ((*ids,),) = groups(reversed(pairs))
    assert len(ids) == 50_001


@pytest.mark.parametrize("piece", ["a", "A.A.", "Ab ", "A B C D/", "中文", "A B/C " + "x" * 30, "\n", "\x00 "])
def test_a_text_of_a_million_characters_is_taken(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    assert len(signature(text)) <= 4 * KEPT
    assert all(0 <= start < end <= len(text) for start, end, _ in sentence_keys(text))


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_any_text_and_any_spans_are_taken(text: str, spans: list[tuple[int, int]]) -> None:
    out = [(min(span), max(span)) for span in spans]
    sketch = signature(text, out)
    assert len(sketch) % 4 == 0
    assert list(bands(sketch)) == sorted(set(bands(sketch)))
    for start, end, _ in sentence_keys(text, out):
        assert 0 <= start < end <= len(text)
        assert not any(low < end and start < high for low, high in out if low < high)
