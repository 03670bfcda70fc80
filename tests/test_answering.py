"""What an answer must be, whatever the question: exact, short, apart from furniture, the same every time."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askdesk import Answer, Citation, Desk
from askdesk.considering import READ_FEATURES
from askdesk.deciding import READ_SUMMARY, SUMMARY
from askdesk.jsonform import dumps
from askdesk.quoting import MOST_CHARACTERS
from askdesk.scoring import FEATURES, SENTENCE_COSINE
from askdesk.text import fold, line_starts
from askdesk.weights import fitted

SEEDS = Path(__file__).parents[1] / "seeds"
WITHOUT_FIXED_QUESTIONS = [
    "What is NATO?",
    "Who is Kim Jong-un?",
    "What happened in August 2024?",
    "Tell me about the tanks",
    "Why did the brigade stop?",
    "Which treaty did Moscow sign with Pyongyang, and when?",
    "kursk",
    "Rutte said that over 600,000 soldiers were killed or wounded. Is that so?",
]
QUESTIONS = [json.loads(line)["question"] for line in (SEEDS / "questions.jsonl").read_text("utf-8").splitlines()]


def slices(desk: Desk, answer: Answer) -> list[tuple[Citation, str]]:
    return [(one, desk.document(one.document_id).text[one.start : one.end]) for one in answer.citations]


@pytest.mark.parametrize("question", [*WITHOUT_FIXED_QUESTIONS, *QUESTIONS])
def test_an_answer_is_made_of_slices(seeds: Desk, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.found == bool(answer.citations)
    assert (answer.reason is None) == answer.found
    assert 0.0 <= answer.confidence <= 1.0
    assert len(answer.citations) <= 5
    assert len(answer.hits) <= 10
    for citation, text in slices(seeds, answer):
        assert citation.text == text
        assert seeds.check(citation) is None
        for low, high in citation.highlight:
            assert citation.start <= low < high <= citation.end
        document = seeds.document(citation.document_id)
        walls = [mark for mark in document.marks if mark.kind == "furniture"]
        assert not any(mark.start < citation.end and citation.start < mark.end for mark in walls)
        tops = [mark.start for mark in document.marks if mark.kind == "page" and mark.start <= citation.start]
        assert (citation.page is None) == (not tops)
        assert len(line_starts(document.text[max(tops, default=0) : citation.start])) == citation.line
        assert citation.document_id not in citation.also_in
    spans = [(one.document_id, one.start, one.end) for one in answer.citations]
    assert not any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for at, a in enumerate(spans) for b in spans[at + 1 :])


def test_the_same_question_gives_the_same_bytes(seeds: Desk) -> None:
    with Desk(seeds.store) as other:
        for question in WITHOUT_FIXED_QUESTIONS:
            assert dumps(seeds.ask(question)) == dumps(seeds.ask(question)) == dumps(other.ask(question))


def test_the_order_of_files_does_not_matter(seeds: Desk, tmp_path: Path) -> None:
    files = sorted(path for path in SEEDS.iterdir() if path.name != "questions.jsonl")
    with Desk(tmp_path / "store") as other:
        other.index(list(reversed(files)))
        for question in WITHOUT_FIXED_QUESTIONS:
            one, two = seeds.ask(question), other.ask(question)
            assert [quote.text for quote in one.citations] == [quote.text for quote in two.citations]
            assert [hit.score for hit in one.hits] == [hit.score for hit in two.hits]


def test_limit_bounds_the_quotes(seeds: Desk) -> None:
    assert len(seeds.ask("How many North Korean soldiers are in Russia?", limit=1).citations) == 1


def test_the_short_answer_is_marked(seeds: Desk) -> None:
    answer = seeds.ask("How many battle tanks does Croatia want to give to Ukraine?")
    assert any(one.short_answer.casefold() in ("30", "thirty") for one in answer.citations)


def test_near_copies_are_quoted_once(seeds: Desk) -> None:
    answer = seeds.ask("What does Rutte say that the cooperation of Russia and North Korea threatens?")
    texts = [fold(one.text) for one in answer.citations]
    assert len(set(texts)) == len(texts)


def test_furniture_is_no_answer(seeds: Desk) -> None:
    answer = seeds.ask("Whose lander was lost in the failed Moon landing?")
    assert not any("lander" in one.text for one in answer.citations)


def test_a_declined_answer_says_what_was_searched(seeds: Desk) -> None:
    answer = seeds.ask("What is the boiling point of ethanol?")
    assert not answer.found
    assert "11 documents" in (answer.reason or "")
    assert answer.hits
    assert str(answer) == answer.reason


def test_an_answer_prints_its_quotes_and_places(seeds: Desk) -> None:
    answer = seeds.ask("Where in Croatia were Yugoslav tanks assembled?")
    first = answer.citations[0]
    assert first.text in str(answer)
    assert f"line {first.line}" in str(answer)
    assert "**" in answer._repr_markdown_() or not first.highlight


def test_markdown_of_hostile_text_obeys_nothing() -> None:
    citation = Citation(
        text="<script>x</script> [a](b) **c**", start=0, end=31, highlight=(), document_id="d", source="a_b.txt",
        title="<b>", publisher=None, published=None, page=None, line=1, url=None, score=0.5,
    )  # fmt: skip
    shown = Answer("q", "q", True, 0.9, (citation,), (), None)._repr_markdown_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "\\[a\\]" in shown


def test_a_pronoun_brings_the_sentence_before(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "Visit\n\nThe surveyor Ada Lund came to Orsa in May. She measured the north quay for three days. "
        "The harbour was busy.",
        encoding="utf-8",
    )
    with Desk(tmp_path / "store") as desk:
        desk.index(tmp_path / "note.txt")
        quote = desk.ask("For how many days was the north quay measured?").citations[0]
    assert quote.text.startswith("The surveyor Ada Lund")
    assert quote.short_answer == "three"
    assert len(quote.text) <= MOST_CHARACTERS


def test_a_follow_up_is_understood(seeds: Desk) -> None:
    first = seeds.ask("What is the active protection system of the Leopard 2 A8 called?")
    answer = seeds.ask("Which company developed it?", history=[first])
    assert "Leopard" in answer.standalone_question
    assert any("Rafael" in one.text for one in answer.citations)
    assert seeds.ask("Which company developed it?", history=[first.question]) == answer


def test_copies_stand_in_also_in(tmp_path: Path) -> None:
    story = "Crane\n\nThe harbour of Orsa has ordered a crane of 80 tonnes. It is to stand on the north quay from May."
    for name in ("one.txt", "two.txt", "three.txt"):
        (tmp_path / name).write_text(story, encoding="utf-8")
    with Desk(tmp_path / "store") as desk:
        desk.index(tmp_path)
        answer = desk.ask("How heavy is the crane that the harbour of Orsa has ordered?")
    assert len(answer.citations) == 1
    assert len(answer.citations[0].also_in) == 2
    assert len(answer.hits) == 1


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_any_question_is_answered_with_slices_or_declined(seeds: Desk, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.found == bool(answer.citations)
    assert all(citation.text == text for citation, text in slices(seeds, answer))


@pytest.mark.parametrize("with_reader", [False, True])
def test_the_fitted_weights_fit_the_code(with_reader: bool) -> None:
    features = READ_FEATURES if with_reader else FEATURES
    parts = READ_SUMMARY if with_reader else SUMMARY
    assert features[SENTENCE_COSINE] == "sentence_cosine"
    model = fitted(with_reader)
    sizes = {field.name: getattr(model, field.name) for field in dataclasses.fields(model)}
    assert {len(sizes[name]) for name in ("weights", "mean", "scale")} == {len(features)}
    assert {len(sizes[name]) for name in ("decline_weights", "decline_mean", "decline_scale")} == {len(parts)}
    assert 0.0 < model.threshold < 1.0


ODD = {
    "quays.md": "# Quays of Orsa\n\n| quay | length | depth |\n|---|---|---|\n| north | 310 m | 9 m |\n| fish | 95 m | 4 m |\n",
    "bought.txt": "What the harbour of Orsa bought\n\n- a crane of 80 tonnes\n- two tugs from Gdansk\n- 14 bollards\n",
    "berth.txt": "def berth(ship):\n    # The longest ship that fits is 300 metres long.\n    LONGEST = 300\n    return ship\n",
}


@pytest.mark.parametrize(
    ("question", "source", "held"),
    [
        ("How long is the fish quay?", "quays.md", "95 m"),
        ("How many tugs did the harbour buy?", "bought.txt", "two tugs from Gdansk"),
        ("How long is the longest ship that fits?", "berth.txt", "300 metres"),
    ],
)
def test_tables_lists_and_code_are_quoted_as_they_stand(tmp_path: Path, question: str, source: str, held: str) -> None:
    for name, text in ODD.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    with Desk(tmp_path / "store") as desk:
        desk.index([tmp_path / name for name in ODD])
        quotes = desk.ask(question, min_confidence=0.0).citations
    assert quotes
    assert all(one.text == ODD[Path(one.source).name][one.start : one.end] for one in quotes)
    assert Path(quotes[0].source).name == source
    assert held in quotes[0].text


def test_of_a_text_in_another_language_it_is_less_sure(tmp_path: Path) -> None:
    told = {
        "english": "The harbour master of Orsa has ordered a crane of 50 tonnes. It comes from a yard in Turku.",
        "german": "Der Hafenmeister von Orsa hat einen Kran von 50 Tonnen bestellt. Er kommt aus einer Werft in Turku.",
        "finnish": "Orsan satamakapteeni on tilannut 50 tonnin nosturin. Se tulee Turun telakalta.",
    }
    sure = {}
    for language, text in told.items():
        (tmp_path / f"{language}.txt").write_text(text, encoding="utf-8", newline="")
        with Desk(tmp_path / f"store-{language}") as desk:
            desk.index(tmp_path / f"{language}.txt")
            answer = desk.ask("How heavy is the crane that the harbour master ordered?", min_confidence=0.0)
        assert all(one.text == text[one.start : one.end] for one in answer.citations)
        sure[language] = answer.confidence
    assert sure["english"] > max(sure["german"], sure["finnish"])
