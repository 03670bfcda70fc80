"""What a declined answer says is true of the texts, and can be checked by reading them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdesk import Desk, Hit, Passage
from askdesk.keywords import analyse
from askdesk.reasons import declined
from askdesk.scoring import query

SAY = "Your documents do not say: "


def hit(text: str, title: str = "Notes") -> Hit:
    passage = Passage("p", "d", 0, len(text), text, "")
    return Hit(passage, "notes.txt", title, None, None, 0.5, 1, 1)


def reason(question: str, *texts: str, searched: int = 3, earlier: str = "", unread: Sequence[str] = ()) -> str:
    """What is said of the passages ``texts`` of a store that holds ``unread`` as well."""
    standalone = f"{question} ({earlier})" if earlier else question
    held = Counter(term for text in [*texts, *unread] for term in {*analyse("Notes"), *analyse(text)})
    asked = query(question, standalone, {term: held[term] for term in analyse(standalone)}, len(texts) + len(unread))
    said = declined(asked, standalone, [hit(text) for text in texts], searched)
    assert said.startswith(SAY)
    assert said.endswith(".")
    assert "\n" not in said
    return said.removeprefix(SAY)


# -- the cases, one by one


def test_no_documents() -> None:
    assert reason("Who?", searched=0) == "there are none to search, in this store or with these filters."


def test_no_passages() -> None:
    assert reason("Who?", searched=1) == "1 document searched, and no passage near the question found."
    assert reason("Who?", searched=2) == "2 documents searched, and no passage near the question found."


def test_a_name_that_stands_nowhere_comes_first() -> None:
    texts = ["The crane of Orsa lifts 80 tonnes.", "The harbour of Orsa is old."]
    assert reason("How many tonnes does the crane of Tarn lift?", *texts) == (
        "no passage of the 3 documents searched mentions “Tarn”."
    )
    assert reason("Has Ada Lund been to Vell?", *texts, searched=1) == (
        "no passage of the document searched mentions “Ada Lund” or “Vell”."
    )


def test_a_name_is_missing_where_its_last_word_is() -> None:
    texts = ["The world saw Ada in Orsa.", "The surveyor Lund came to Orsa."]
    assert "“World Cup”" in reason("Did Orsa win the World Cup?", *texts)
    assert "“Sven Lund”" not in reason("When did Sven Lund come to Orsa?", *texts)


def test_a_number_that_is_not_given() -> None:
    tanks = "Croatia wants to give tanks to the army, and the ministers of the two sides have said so to the press."
    texts = [tanks.replace("two ", "")] * 2 + ["The weather in the north of the country was cold for the time of year."]
    assert reason("How many tanks does Croatia give away?", *texts) == (
        "2 of the 3 nearest passages mention Croatia and tanks; none of them gives a number."
    )
    dated = [text.replace("so to", "so on 3 May 2024 to") for text in texts]
    assert reason("How many tanks does Croatia give away?", *dated).endswith(
        "none of them gives a number other than dates."
    )
    assert "gives" not in reason("How many tanks does Croatia give away?", tanks, tanks)
    assert "gives" not in reason("How many tanks does Croatia give away?", *texts, tanks)


@pytest.mark.parametrize(
    "number", ["30", "thirty", "a dozen", "a pair", "12,000", "A8", "none", "twenty-one", "٣", "½", "Ⅳ"]
)
def test_a_number_in_any_form_is_a_number(number: str) -> None:
    text = f"Croatia wants to give {number} of the tanks to the army, and that is what it has said to the press."
    said = reason("How many tanks does Croatia give away?", text)
    assert "number" not in said


def test_a_number_in_another_language_is_not_denied() -> None:
    text = "Croatia gibt dreizehn Panzer ab, tanks genannt, wie das Ministerium am Abend mitteilte."
    assert "number" not in reason("How many tanks does Croatia give away?", text)


def test_a_near_miss() -> None:
    text = "Croatia is on the coast. There are 80 tanks in the depot of the army, and they are old."
    assert reason("How many tanks does Croatia give away?", text) == (
        "the one passage found mentions Croatia and tanks, but no sentence has both."
    )
    text = "The tanks of Croatia are old and are to be given away. There are 14 helicopters in it."
    assert reason("How many tanks does Croatia give away?", text) == (
        "the one passage found mentions Croatia and tanks, but no sentence with both gives a number."
    )


def test_a_date_that_is_not_given() -> None:
    text = "The bridge over the Orr is open again, and the repairs of it were led by Ilse Maron, who is from the town."
    assert reason("When was the bridge over the Orr opened?", text).endswith("it gives no date.")
    # Of the whole passage this could not be said, of the one sentence it can.
    for when in (" It was two years ago.", " It was on 3 May.", " It was in 1066."):
        said = reason("When was the bridge over the Orr opened?", text + when)
        assert said.endswith((", but no sentence with both gives a date.", ", but no sentence with Orr gives a date."))


def test_a_person_who_is_not_named() -> None:
    text = "The bridge over the Orr is open again. The engineer who led the repairs of the bridge is from the town."
    assert reason("Who led the repairs of the bridge over the Orr?", text).endswith(
        "it names no person that is not in the question."
    )
    for name in (" Her name is Maron.", " Maron is her name.", " Will was there.", " It was M. who did it."):
        said = reason("Who led the repairs of the bridge over the Orr?", text + name)
        assert "it names no" not in said


def test_a_word_that_the_passages_lack() -> None:
    texts = ["Sabrina Singh spoke in Orsa.", "Sabrina Singh left Orsa.", "A child was born in Orsa."]
    assert reason("Where was Sabrina Singh born?", *texts) == (
        "2 of the 3 nearest passages mention Sabrina Singh; none of them has the word “born”."
    )
    assert reason("Is Sabrina Singh married?", *texts) == (
        "2 of the 3 nearest passages mention Sabrina Singh; no passage of the 3 documents searched has the word “married”."
    )


def test_what_only_unread_passages_hold_is_not_denied_to_the_documents() -> None:
    texts = ["Sabrina Singh spoke in Orsa.", "Sabrina Singh left Orsa.", "It rained."]
    assert reason("Did Sabrina Singh meet Ada Lund?", *texts, unread=["Ada Lund measured the quay."]) == (
        "2 of the 3 nearest passages mention Sabrina Singh; none of the 3 mentions “Ada Lund”."
    )
    assert (
        reason("Did Sabrina Singh meet Ada Lund?", *texts)
        == "no passage of the 3 documents searched mentions “Ada Lund”."
    )


def test_lines_without_full_stops_may_be_one_sentence() -> None:
    said = reason("How many tanks does Croatia give away?", "Old tanks\nFor the army from Croatia\nThirty in all")
    assert "no sentence has" not in said
    assert reason("How many tanks does Croatia give away?", "There are 30 old tanks.\nFor the army from Croatia.") == (
        "the one passage found mentions Croatia and tanks, but no sentence has both."
    )


def test_the_last_resort_names_the_place() -> None:
    assert (
        reason("What of it?", "The crane lifts.")
        == "3 documents searched; the nearest passage is in “Notes” (notes.txt)."
    )
    assert reason("What is Orsa?", "Orsa is a harbour.").endswith("it is in “Notes” (notes.txt).")


def test_other_spellings_are_not_denied() -> None:
    assert "Zelensky" not in reason("Is Zelensky married?", "Volodymyr Zelenskyy spoke.").split(";")[-1]
    assert "Zelenskiy" not in reason("Is Zelenskiy married?", "Volodymyr Zelenskyy spoke.")
    assert "U.S" not in reason("Has the US paid?", "The U.S. paid.")
    assert "mentions “US”" not in reason("Has the US paid?", "The United States paid.")
    assert "北京" not in reason("Who lives in 北京?", "我在北京工作。")
    assert "“Plenkovic”" not in reason("Is Plenkovic married?", "Andrej Plenković spoke.")


def test_a_part_of_a_word_or_number_is_no_mention() -> None:
    said = reason("Which gun has Orsa?", "Orsa has begun.", "Orsa has a gun.", "Orsa again.")
    assert said.startswith("1 of the 3 nearest passages mentions gun and Orsa;")
    said = reason(
        "Which Leopard 2 has Orsa?", "Orsa has a Leopard 2,000.", "Orsa has a Leopard 2.", "Orsa: Leopard 20."
    )
    assert said.startswith("1 of the 3 nearest passages mentions Leopard 2 and Orsa;")


@pytest.mark.parametrize(
    ("asked", "held", "other"),
    [("tanks", "tank", "tankard"), ("city", "cities", "citizen"), ("houses", "house", "houseboat"), ("bus", "buses", "bust"),
     ("vehicle", "vehicles", "vehicular"), ("boxes", "box", "boxer"), ("statues", "statue", "status")],
)  # fmt: skip
def test_singular_and_plural_are_one(asked: str, held: str, other: str) -> None:
    said = reason(f"Why has Orsa its {asked}?", f"Orsa has a {other}.", f"Orsa has its {held}.", f"Orsa and {asked}.")
    assert said.startswith("2 of the 3 nearest passages mention ")
    assert asked in said


def test_an_owner_and_what_it_owns_are_two() -> None:
    said = reason("When was NATO's Article 5 invoked?", "NATO invoked its Article 5.", "Rain fell.")
    assert said.startswith("1 of the 2 nearest passages mentions Article 5, NATO and “invoked”;")


def test_a_name_with_and_without_its_title_is_shown_once() -> None:
    said = reason("Did Surveyor Ada Lund lie?", "Surveyor Ada Lund spoke.", earlier="Who is Ada Lund?")
    assert said.count("Lund") == 1


def test_a_verb_is_shown_as_a_word() -> None:
    assert "“donated”" in reason("What has Orsa donated?", "Orsa donated a crane.", "Nothing.")


def test_common_words_are_never_the_point() -> None:
    said = reason("What did Rutte say happened after many people got to know?", "Rutte spoke.")
    assert "say" not in said
    assert "happen" not in said
    assert "people" not in said


def test_a_follow_up_is_about_what_it_refers_to() -> None:
    assert "Rustem Umerov" in reason(
        "What did he do?", "Rustem Umerov spoke.", "Rain.", earlier="Who is Rustem Umerov?"
    )


# -- through a real store


DOCUMENTS = {
    "deal.txt": "Tanks for Kyiv\n\nCroatia wants to give tanks to Ukraine, as its minister of defence has said. The tanks "
    "are from the stores of the army.\n\nGermany is to sell newer tanks to Croatia, and the old ones are taken off the "
    "bill for them.",
    "harbour.txt": "The harbour\n\nThe harbour of Orsa has a crane of 80 tonnes. Ada Lund measured the quay in May 2019.",
    "people.txt": "People\n\nAda Lund is a surveyor. She studied in Leiden.\n\nSven Berg is the keeper of the lighthouse.",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("reasons")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Desk(folder / "store") as desk:
        desk.index([folder / name for name in DOCUMENTS])
        yield desk


def of_store(desk: Desk, question: str) -> tuple[str, tuple[Hit, ...]]:
    snapshot = desk._collection.snapshot()
    hits = desk.search(question)
    frequencies = snapshot.frequencies(dict.fromkeys(analyse(question)))
    asked = query(question, question, frequencies, snapshot.passage_count)
    return declined(asked, question, hits, snapshot.document_count).removeprefix(SAY), hits


def test_reasons_over_a_store(desk: Desk) -> None:
    said, _ = of_store(desk, "What is the population of Nairobi?")
    assert said == "no passage of the 3 documents searched mentions “Nairobi”."
    said, hits = of_store(desk, "Is Ada Lund married?")
    count = sum("Ada Lund" in hit.passage.text for hit in hits)
    assert said == (
        f"{count} of the {len(hits)} nearest passages mention Ada Lund; no passage of the 3 documents searched has the "
        "word “married”."
    )
    said, _ = of_store(desk, "How many tanks does Croatia want to give to Ukraine?")
    assert said == "1 of the 3 nearest passages mentions Croatia, Ukraine and tanks; it gives no number."


# -- whatever the texts


NAMES = ["Croatia", "Orsa", "Ada Lund", "Kyiv", "Leopard 2", "M-84"]
WORDS = ["tanks", "crane", "price", "harbour", "city", "prime minister", "donated"]
PIECES = st.sampled_from(
    [
        *NAMES,
        *WORDS,
        "tank",
        "cities",
        "30",
        "twelve",
        "3 May 2019",
        "in 1999",
        "a pair",
        "the",
        "is of the",
        "and to the",
    ]
)
SENTENCE = st.lists(PIECES, min_size=1, max_size=7).map(lambda held: f"{held[0][0].upper()}{' '.join(held)[1:]}.")
TEXT = st.lists(SENTENCE, min_size=1, max_size=4).map(lambda held: "It is said in the press. " + " ".join(held))
ASKED = st.sampled_from(
    [
        "How many {} in {} and {}?",
        "When did {} give {} to {}?",
        "Who said {} of {} and {}?",
        "Where is {} of {} and {}?",
        "Why is {} the {} of {}?",
    ]
)


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def same(one: str, other: str) -> bool:
    return one == other or one + "s" == other or other + "s" == one or {one, other} == {"city", "cities"}


def has(text: str, thing: str) -> bool:
    """Whether the words of ``thing`` stand in ``text`` one after the other, in either number."""
    held, wanted = tokens(text), tokens(thing)
    return any(
        all(same(a, b) for a, b in zip(held[at : at + len(wanted)], wanted, strict=False))
        for at in range(len(held) - len(wanted) + 1)
    )


def listed(text: str) -> list[str]:
    return [one.strip("“”") for one in re.split(r", | and | or ", text)]


def plain_sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.)\s+", text)


@settings(deadline=None, max_examples=400)
@given(
    st.lists(TEXT, min_size=1, max_size=5),
    st.lists(TEXT, max_size=2),
    ASKED,
    st.lists(st.sampled_from([*NAMES, *WORDS, "Tarn", "volcano"]), min_size=3, max_size=3, unique=True),
)
def test_every_claim_is_true(texts: Sequence[str], unread: Sequence[str], form: str, things: Sequence[str]) -> None:
    question = form.format(*things)
    check(reason(question, *texts, unread=unread), question, texts, unread)


def check(said: str, question: str, texts: Sequence[str], unread: Sequence[str] = ()) -> None:
    """Takes a reason apart and looks each claim up in the texts, by other means than those that made it."""
    said = said.removesuffix(".")
    those, held = list(texts), []
    if found := re.match(
        r"(?:the one passage found|(\d+) of the (\d+) nearest passages|the (\d+) nearest passages all) mentions? (.*?)(?:;|, but)",
        said,
    ):
        held = listed(found[4])
        those = [text for text in texts if all(has(text, thing) for thing in held)]
        count = int(found[1] or found[3] or 1)
        assert len(those) == count, said
        assert not found[2] or int(found[2]) == len(texts)
        assert 1 <= len(held) <= 3
    claim = re.split(r"; |, but ", said)[-1]
    absent = re.findall(r"“([^”]*)”", claim)
    if claim.startswith("no passage of the"):
        assert absent
        assert not any(has(text, thing) for text in [*texts, *unread] for thing in absent), said
    elif found := re.match(r"no sentence has (both|all three|.*)$", claim):
        assert not any(all(has(one, thing) for thing in held) for text in those for one in plain_sentences(text)), said
    elif re.match(r"(?:none of them|none of the \d+|it does not|the words?) (?:has|mentions?|“)", claim):
        assert not re.match(r"none of the \d", claim) or claim.startswith(f"none of the {len(texts)} "), said
        among = texts if claim.startswith("none of the ") and "them" not in claim else those
        assert absent
        assert not any(has(text, thing) for text in among for thing in absent), said
    elif found := re.match(r"no sentence with .* (?:has|mentions) ", claim):
        several = [one for text in those for one in plain_sentences(text) if all(has(one, thing) for thing in held)]
        assert not any(has(one, thing) for one in several for thing in absent), said
    elif found := re.match(
        r"(?:none of them|it|no sentence with .*?) (?:gives|names) (?:a|no) (number|date|person|place)", claim
    ):
        sentences = claim.startswith("no sentence")
        among = [
            one
            for text in those
            for one in (plain_sentences(text) if sentences else [text])
            if all(has(one, thing) for thing in held)
        ]
        assert among or sentences
        for one in among:
            assert not gives(one, found[1], question, "other than dates" in claim), (said, one)
    else:
        assert re.search(r"(?:nearest passage|it|nearest of them) is in “Notes” \(notes\.txt\)$", claim), said


def gives(text: str, kind: str, question: str, not_dates: bool) -> bool:
    for own in ("Leopard 2", "M-84"):
        if own in question:
            text = text.replace(own, "").replace(own.capitalize(), "")
    if kind == "number":
        if not_dates:
            text = re.sub(r"3 May 2019", "", text)
        return bool(re.search(r"\d|twelve|pair", text))
    if kind == "date":
        return bool(re.search(r"May|1999", text))
    names = [name for name in NAMES if name not in question]
    return any(name.casefold() in text.casefold() for name in names)
