"""Names in texts, the groups learned from a collection, and the other spellings of the names in a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdesk.errors import InvalidNamesFile
from askdesk.names import Named, abbreviations, learn, load, mentions, table, variants

OWN = (("North Korea", "DPRK"), ("U.S.", "United States", "US"), ("Müller", "Mueller"), ("Pell", "Pel-Orsa"))


def found(text: str) -> dict[str, int]:
    return dict(mentions(text))


def test_names_are_found_without_titles_possessives_and_heads_of_sentences() -> None:
    names = found(
        "Yesterday President Anna Berg met Mr. Tom van Dyck in Orsa. Nobody spoke. However, Berg's office said so, and "
        "the Orsa Post saw NATO and U.S. ships. “We waited,” said Berg."
    )
    assert names["Anna Berg"] == 1
    assert names["Tom van Dyck"] == 1
    assert names["Berg"] == 2
    assert {"Orsa", "Orsa Post", "NATO", "U.S."} <= set(names)
    assert not {"Yesterday", "Nobody", "However", "We", "President", "Mr."} & set(names)


def test_a_single_word_at_the_head_of_a_sentence_counts_only_if_it_has_its_capital_elsewhere() -> None:
    assert "Lamps" not in found("Lamps were lit in Orsa.")
    assert found("Orsa slept. They left Orsa.")["Orsa"] == 2


def test_names_that_of_joins_are_given_joined_too() -> None:
    assert "Bureau of Lamps and Signals" in found("The Bureau of Lamps and Signals wrote to the town.")
    assert "Orsa and Pell" not in found("The roads from Orsa and Pell were shut.")


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("the National Lamp Service (NLS) said", ("National Lamp Service", "NLS")),
        ("the NLS (National Lamp Service) said", ("National Lamp Service", "NLS")),
        ("the National Lamp Service, or NLS, said", ("National Lamp Service", "NLS")),
        ("Ministry of Lamps and Signals (MLS) men", ("Ministry of Lamps and Signals", "MLS")),
        ("Lower Pell, officially the Free Republic of Pell, is", ("Free Republic of Pell", "Lower Pell")),
        ("the Lower Town, also known as Orsa, burned", ("Lower Town", "Orsa")),
        ("to Pell by its official name, the Free Republic of Pell.", ("Free Republic of Pell", "Pell")),
    ],
)
def test_what_a_text_says_means_the_same(text: str, pair: tuple[str, str]) -> None:
    assert pair in abbreviations(text)


@pytest.mark.parametrize(
    "text",
    ["he paid in full (USD) and left", "the ship (see NLS) sank", "Mary Hill (Orsa) won", "a lamp also called dim"],
)
def test_other_brackets_say_nothing(text: str) -> None:
    assert abbreviations(text) == ()


@pytest.mark.parametrize(
    "piece", ["(AB) ", "A. ", "Alpha Beta (AB) ", "The Cat Sat ", ", also known as ", "(", "Aé’", "\x00"]
)
def test_a_long_text_is_read(piece: str) -> None:
    # What took time of the square of the length would not end.
    text = piece * (200_000 // len(piece))
    assert len(mentions(text)) <= 200
    assert all(len(pair) == 2 for pair in abbreviations(text))


def collection(*groups: tuple[int, str, str], pairs: tuple[tuple[str, str], ...] = ()) -> list[Named]:
    """Documents: so many with the names of each pair of texts, the company given second, and as many of other things."""
    made = []
    for count, names, company in groups:
        for at in range(count):
            held = [*names.split(", "), *company.split(", "), f"Reporter{company[:2]}{names[:2]}{at}"]
            made.append(Named(tuple((name, 1) for name in held if name), pairs))
    filler = [Named(tuple((f"Filler{n}{at}", 1) for at in range(6))) for n in range(20)]
    return [*made, *filler]


HARBOUR = "Harbour Board, Old Lighthouse, Ferry Line, Tarn, Customs Yard"
CHESS = "Chess Union, Rook Club, Blitz Cup, Endgame Hall, Gambit Prize"


def groups(*args: tuple[int, str, str]) -> set[frozenset[str]]:
    return {frozenset(group) for group in learn(collection(*args))}


def test_spellings_in_the_same_company_are_one_name() -> None:
    assert frozenset({"Velinsky", "Velinskiy"}) in groups((5, "Velinsky", HARBOUR), (4, "Velinskiy", HARBOUR))


def test_spellings_in_other_company_are_not() -> None:
    assert groups((5, "Velinsky", HARBOUR), (4, "Velinskiy", CHESS)) == set()


def test_names_that_stand_together_are_two() -> None:
    assert groups((5, "Velinsky", HARBOUR), (4, "Velinskiy, Velinsky", HARBOUR)) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Iran", "Iraq"), ("Austria", "Australia"), ("Slovakia", "Slovenia"), ("Niger", "Nigeria"), ("Korsa", "Korsan")],
)
def test_other_countries_are_other_names_whatever_their_company(one: str, other: str) -> None:
    assert groups((5, one, HARBOUR), (5, other, HARBOUR)) == set()


def test_last_names_whose_first_names_contradict_are_two() -> None:
    smith = (5, "Smith, Ann Smith", HARBOUR)
    assert frozenset({"Smith", "Smyth"}) not in groups(smith, (5, "Smyth, Paul Smyth", HARBOUR))
    assert frozenset({"Smith", "Smyth"}) in groups(smith, (5, "Smyth, Ann Smyth", HARBOUR))


def test_an_abbreviation_joins_what_the_texts_explain() -> None:
    made = collection((3, "NLS", HARBOUR), pairs=(("National Lamp Service", "NLS"),))
    assert {"NLS", "National Lamp Service"} in map(set, learn(made))


def test_an_abbreviation_of_two_things_joins_neither() -> None:
    made = collection((3, "NLS", HARBOUR), pairs=(("National Lamp Service", "NLS"),))
    made += collection((3, "NLS", CHESS), pairs=(("Northern Light Society", "NLS"),))
    assert learn(made) == ()


def test_initials_of_a_name_in_the_same_documents_are_that_name() -> None:
    both = (4, "OHB, Orsa Harbour Bank", HARBOUR)
    assert frozenset({"OHB", "Orsa Harbour Bank"}) in groups(
        both, (3, "OHB", HARBOUR), (2, "Orsa Harbour Bank", HARBOUR)
    )
    assert groups((4, "OHB", HARBOUR), (4, "Orsa Harbour Bank", CHESS)) == set()


def test_dotted_and_plain_initials_are_one_name() -> None:
    assert frozenset({"J.K. Lund", "JK Lund"}) in groups((2, "J.K. Lund", HARBOUR), (2, "JK Lund", HARBOUR))


def test_groups_do_not_hang_on_the_order_of_documents() -> None:
    made = collection((5, "Velinsky, Anna Velinsky", HARBOUR), (4, "Velinskiy, Anna Velinskiy", HARBOUR))
    assert learn(made) == learn(list(reversed(made)))
    assert learn([]) == ()


def asked(question: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(question[name.start : name.end], name.others) for name in variants(question, table(OWN))]


@pytest.mark.parametrize(
    ("question", "name", "others"),
    [
        ("What did North Korea’s envoy say?", "North Korea", ("DPRK",)),
        ("who leads the dprk", "dprk", ("North Korea",)),
        ("Is the U.S. leaving?", "U.S.", ("United States", "US")),
        ("When did united states' troops go?", "united states", ("U.S.", "US")),
        ("Where is Muller?", "Muller", ("Mueller",)),
    ],
)
def test_the_names_of_a_question_have_their_other_spellings(question: str, name: str, others: tuple[str, ...]) -> None:
    assert asked(question) == [(name, others)]


def test_a_word_in_small_letters_is_no_abbreviation() -> None:
    assert asked("Did they tell us?") == []
    assert asked("") == []


def test_groups_that_share_a_name_are_one() -> None:
    both = table([("Kest", "Qest"), ("Qest", "Kessed")])
    assert variants("Kest", both)[0].others == ("Qest", "Kessed")


def test_the_users_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    assert load(file) == ()
    file.write_text("\ufeff# mine\nKest, Qest # a town\r\n\nNorth  Korea,DPRK\n", encoding="utf-8")
    assert load(file) == (("Kest", "Qest"), ("North Korea", "DPRK"))


@pytest.mark.parametrize("line", ["Kest", "Kest,", ", ", "Kest, --"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "names.txt"
    file.write_text(f"Kest, Qest\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidNamesFile, match="line 2"):
        load(file)


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InvalidNamesFile, match="UTF-8"):
        load(file)
