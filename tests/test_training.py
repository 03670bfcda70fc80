"""The training of the reader: the examples, and that a stopped run ends as one that was not stopped."""

from __future__ import annotations

import json
import random
from itertools import product
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from benchmarks import stories  # noqa: E402
from benchmarks.corpora import Source  # noqa: E402
from benchmarks.written import FAMILIES, PARTS, Written, corpus  # noqa: E402
from benchmarks.written import written as written_questions  # noqa: E402
from training.reader import altered, compare, train, written  # noqa: E402
from training.reader.encoding import END, START, TEXT, encode, order  # noqa: E402
from training.reader.encoding import batch as batched  # noqa: E402
from training.reader.examples import Example, cut, window  # noqa: E402
from training.reader.export import build, by_chance  # noqa: E402
from training.reader.model import Reader  # noqa: E402

from askdesk.inference import open_session  # noqa: E402
from askdesk.text import sentences  # noqa: E402

TEXT_ = "The harbour of Orsa ordered a crane in May 2021. It weighs 80 tonnes. A yard in Gdansk built it in 2019."


def example(question: str, answer: str | None, title: str = "Orsa") -> Example:
    at = TEXT_.index(answer) if answer else 0
    return Example(question, title, TEXT_, ((at, at + len(answer)),) if answer else ())


SOME = [
    example("How heavy is the crane?", "80 tonnes"),
    example("Who built it?", "A yard in Gdansk", title=""),
    example("Who painted it?", None),
    example("When was it ordered?", "May 2021"),
] * 4


def test_the_answers_pieces_are_marked() -> None:
    encoded = encode(SOME[:3])
    one = batched(encoded, [0, 1, 2])
    assert one.ids.shape == one.bits.shape == one.mask.shape == one.types.shape
    assert ((one.bits & START) > 0).sum(1).tolist() == [1, 1, 0]
    assert ((one.bits & END) > 0).sum(1).tolist() == [1, 1, 0]
    assert ((one.bits & TEXT) > 0)[:, 0].sum() == 0
    assert one.mask.sum(1).tolist() == np.diff(encoded.offsets).tolist()


def test_sentences_are_marked_as_wholes() -> None:
    low = TEXT_.index("It weighs")
    held = Example("How heavy is it?", "", TEXT_, ((low, low + 20),), within=True)
    one = batched(encode([held]), [0])
    assert ((one.bits & START) > 0).sum() == ((one.bits & END) > 0).sum() > 3


def test_every_example_is_seen_once() -> None:
    encoded = encode(SOME)
    seen = order(encoded, 120, seed=3)
    assert sorted(at for chosen in seen for at in chosen) == list(range(len(SOME)))
    assert seen == order(encoded, 120, seed=3) != order(encoded, 120, seed=4)


def test_a_window_holds_the_answer() -> None:
    held, draw = sentences(TEXT_), random.Random(1)
    for size in (1, 60, 1_000):
        shorter = cut(SOME[0], held, size, draw)
        assert [shorter.text[low:high] for low, high in shorter.gold] == ["80 tonnes"]
    assert window(TEXT_, held, None, 1_000, draw) == (0, len(TEXT_))


@pytest.mark.parametrize(
    ("way", "question"),
    [
        (altered.other_name, "When did the harbour of Orsa order it?"),
        (altered.other_number, "What did they order in May 2021?"),
        (altered.opposite, "What was built before the crane?"),
        (altered.negated, "What was built in Gdansk?"),
    ],
)
def test_a_question_is_altered(way: altered.Change, question: str) -> None:
    other = way(question, TEXT_, "80 tonnes", random.Random(2))
    assert other
    assert other != question
    assert len(set(other.split()) ^ set(question.split())) <= 5


def test_a_question_without_a_handle_is_left_alone() -> None:
    for way in altered.CHANGES:
        assert way("why", TEXT_, "80 tonnes", random.Random(2)) is None


def test_a_stopped_run_ends_as_one_that_was_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "PIECES", 130)
    monkeypatch.setattr(train, "EVERY", 2)
    stages = [
        train.Stage("trunk", encode(SOME[:9]), falling=False),
        train.Stage("finish", encode(SOME[9:]), falling=True),
    ]

    def fresh() -> Reader:
        torch.manual_seed(1)
        return Reader()

    whole = train.train(stages, 1, tmp_path / "whole", fresh()).state_dict()

    real, calls = train.loss, []

    def stopping(model: Reader, one: object) -> object:
        calls.append(one)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(model, one)

    monkeypatch.setattr(train, "loss", stopping)
    with pytest.raises(KeyboardInterrupt):
        train.train(stages, 1, tmp_path / "stopped", fresh())
    monkeypatch.setattr(train, "loss", real)
    resumed = train.train(stages, 1, tmp_path / "stopped", fresh()).state_dict()
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_the_written_graph_computes_what_was_trained() -> None:
    torch.manual_seed(0)
    model = Reader().eval()
    ids, types = [101, 2129, 3082, 102, 1996, 11308, 102], [0, 0, 0, 0, 1, 1, 1]
    with torch.no_grad():
        spans, answers = model(torch.tensor([ids]), torch.tensor([types]), None)
    inputs = {"input_ids": np.array(ids, np.int64), "types": np.array(types, np.int64)}
    exact, whole = open_session(build(model.state_dict(), whole=True).SerializeToString(), "it").run(None, inputs)
    assert np.allclose(exact, spans[0], atol=1e-4)
    assert np.allclose(whole, answers, atol=1e-4)
    small, _ = open_session(build(model.state_dict()).SerializeToString(), "it").run(None, inputs)
    assert np.abs(small - exact).max() < 0.3


def test_layers_are_chosen_in_their_order() -> None:
    whole = Reader().state_dict()
    chosen = compare.resized(Reader(), (0, 0, 5)).state_dict()
    held = [name.split(".")[3] for name in chosen if name.startswith("encoder.encoder.layer.")]
    assert sorted(set(held)) == ["0", "1", "2"]
    for at, layer in enumerate((0, 0, 5)):
        name = "attention.self.query.weight"
        assert torch.equal(chosen[f"encoder.encoder.layer.{at}.{name}"], whole[f"encoder.encoder.layer.{layer}.{name}"])


def test_written_questions_become_examples() -> None:
    source = Source("news1", "Orsa", TEXT_ + " The mayor of Orsa paid nothing. She calls it a gift of 80 tonnes.")
    low = source.text.index("80 tonnes")
    able = Written(source, "How heavy is the crane?", (low, low + 9), True, "fact")
    low = source.text.index("A yard")
    near = Written(source, "Which yard repaired the crane?", (low, len(TEXT_)), False, "other-event")
    found = list(written.examples([able, near] * 20, random.Random(1)))
    for one in found:
        if one.question == near.question:
            assert not one.gold
        else:
            # What holds the words of the answer elsewhere alone is left out.
            assert [one.text[a:b] for a, b in one.gold] == ["80 tonnes"] * ("It weighs" in one.text)
            assert ("80 tonnes" in one.text) == bool(one.gold)
    assert sum(bool(one.gold) for one in found) >= 20
    assert sum("A yard in Gdansk" in one.text for one in found if one.question == near.question) >= 20


def test_a_question_with_a_stretch_of_another_document_is_not_answered() -> None:
    source = Source("news1", "Orsa", TEXT_)
    low = source.text.index("80 tonnes")
    asked = Written(source, "How heavy is the crane?", (low, low + 9), True, "fact")
    others = [
        Source(f"news{at}", "Lund", f"Lund has a crane, too. It was built in {1900 + at}. Its choir sang for an hour.")
        for at in range(10, 32)
    ]
    same = Source("news9", "Copy", "How heavy the crane is has been told before: it weighs 80 tonnes.")
    near = [Written(one, "Who led the choir?", (0, 9), False, "left-open") for one in (*others, same)]
    found = list(written.foreign([asked, *near] * 30, 600, random.Random(1)))
    mine = [one for one in found if one.question == asked.question]
    assert len(mine) > 10
    assert not any(one.gold for one in found)
    assert not any("Orsa" in one.text or "80 tonnes" in one.text for one in mine)
    assert {one.title for one in mine} == {"", "Lund"}


def test_weights_are_rounded_by_chance_and_right_on_the_whole() -> None:
    values = np.array([-70.0, -0.25, 0.0, 2.75, 5.0, 70.0])
    draw = np.random.default_rng(1)
    found = np.array([by_chance(values, draw) for _ in range(4_000)], np.float64)
    assert found.mean(0) == pytest.approx([-63, -0.25, 0, 2.75, 5, 63], abs=0.05)
    assert set(found[:, 3]) == {2.0, 3.0}


def test_the_written_questions_are_of_their_documents(bench: Path) -> None:
    seen: dict[str, str] = {}
    for family, part in product(FAMILIES, PARTS):
        for one in written_questions(part, family):
            held = one.source.text[slice(*one.span)]
            assert held == held.strip() != "", one.question
            assert seen.setdefault(one.source.key, f"{family} {part}") == f"{family} {part}", one.source.key
    asked_of = {
        f"news{place['row']}"
        for part in ("tune", "report", "report-second")
        for line in (stories.LABELS / f"stories-{part}.jsonl").read_text("utf-8").splitlines()
        for place in stories.places(json.loads(line))
    }
    assert not [key for key in asked_of if (seen.get(key) or "").endswith("train")], (
        "the reader is measured on these stories"
    )
    for family in FAMILIES:
        asked = corpus("report", family).asked
        assert {one.answerable for one in asked} == {True, False}
        assert all(bool(one.keys) == bool(one.answers) == one.answerable for one in asked)
