"""The scoring of fixed questions: each formula against figures worked out by hand, the run over a real store."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks import stories

import small_store
from askdesk import evaluation, scores
from askdesk.cli import main
from askdesk.desk import Desk
from askdesk.errors import AskdeskError, InvalidQuestionsFile
from askdesk.evaluation import Record

ROWS = [
    {"question": small_store.QUESTION, "answers": ["42,000"], "sources": ["docs/library.txt"], "kind": "number"},
    {"question": "Who led the repairs of the stone bridge?", "answers": ["Ilse  MARON"]},
    {"question": small_store.ELSEWHERE, "unanswerable": True},
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store.build(tmp_path_factory.mktemp("evaluation"))


@pytest.fixture
def file(store: Path) -> Path:
    return write(store.parent / "questions.jsonl", ROWS)


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(store: Path, file: Path) -> evaluation.Evaluation:
    with Desk(store) as desk:
        return evaluation.evaluate(desk, evaluation.load(file), file)


# -- formulas


@pytest.mark.parametrize(
    ("answer", "quote", "stands"),
    [
        ("ten tanks", "It sent TEN\u00a0 tanks.", True),
        ("Rutte's", "That is Rutte’s view", True),
        ("1939-45", "the years 1939–45", True),
        ('"soon"', "as he said, “soon”", True),
        ("3,000", "13,000 came", False),
        ("3,000", "3,000,000 came", False),
        ("000", "3,000 came", False),
        ("600", "over 600,000 dead", False),
        ("1.5", "21.5 km", False),
        ("21", "21.5 km", False),
        ("13", "130 of them", False),
        ("30", "Croatia,2024,30,2024-10-28", True),
        ("30", "thirty, 30.", True),
        ("", "anything", False),
    ],
)
def test_an_answer_stands_in_a_quote(answer: str, quote: str, stands: bool) -> None:
    assert scores.stands_in(answer, quote) is stands


def test_share_has_the_wilson_interval() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, and 0 of 20.
    share = scores.share(81, 263)
    assert (round(share.low, 4), round(share.high, 4)) == (0.2553, 0.3662)
    share = scores.share(0, 20)
    assert (round(share.low, 4), round(share.high, 4)) == (0.0, 0.1611)
    assert scores.share(0, 0) == scores.Share(0, 0, 0.0, 0.0, 1.0)


def test_token_f1_counts_words_as_squad_does() -> None:
    assert scores.token_f1("The 42,000 books", ["42,000 books", "maps"]) == 1.0
    assert scores.token_f1("about 42,000 books", ["42,000"]) == pytest.approx(0.5)
    assert scores.token_f1("maps", ["42,000"]) == 0.0


def test_ranks() -> None:
    ranks = [1, None, 2, 6]
    assert [scores.hit_at(ranks, depth) for depth in (1, 5, 10)] == [1, 2, 3]
    assert scores.mean_reciprocal_rank(ranks) == pytest.approx((1 + 0 + 1 / 2 + 1 / 6) / 4)
    assert scores.mean_reciprocal_rank([]) == 0.0


def test_calibration_error() -> None:
    assert scores.calibration_error([1.0, 0.0], [True, False]) == 0.0
    assert scores.calibration_error([1.0, 0.0], [False, True]) == 1.0
    # One bin holds both: mean confidence 0.51, half of them true; another holds one, 0.9 against true.
    assert scores.calibration_error([0.5, 0.52, 0.9], [True, False, True]) == pytest.approx((0.02 + 0.1) / 3)


def test_sign_test() -> None:
    assert scores.sign_test(0, 0) == 1.0
    assert scores.sign_test(5, 5) == 1.0
    assert scores.sign_test(9, 1) == scores.sign_test(1, 9) == pytest.approx(22 / 1024)
    assert math.isfinite(scores.sign_test(3000, 1))


def test_percentile_is_the_nearest_rank() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [scores.percentile(values, percent) for percent in (20, 50, 95)] == [1.0, 3.0, 5.0]
    assert scores.percentile([], 50) == 0.0


def test_only_the_beginning_of_a_long_quote_counts() -> None:
    assert evaluation.counted("One. Two is it. Three. Four counts no more.") == "One. Two is it. Three."
    assert len(evaluation.counted("word " * 200)) <= 400
    assert evaluation.counted("") == ""


# -- the file


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "JSON"),
        ("[]", "JSON"),
        ('{"question": " ", "answers": ["a"]}', "question"),
        ('{"question": "a?"}', "answers"),
        ('{"question": "a?", "answers": []}', "answers"),
        ('{"question": "a?", "answers": "b"}', "answers"),
        ('{"question": "a?", "answers": ["b"], "unanswerable": true}', "unanswerable"),
        ('{"question": "a?", "unanswerable": "yes"}', "unanswerable"),
        ('{"question": "a?", "answers": ["b"], "source": ["c"]}', "source"),
        ('{"question": "a?", "answers": ["b"], "history": "c"}', "history"),
        ('{"question": "a?", "answers": ["b"], "kind": 1}', "kind"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"question": "a?", "answers": ["b"]}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InvalidQuestionsFile, match=why) as caught:
        evaluation.load(path)
    assert "q.jsonl, line 3" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_empty_or_foreign_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"\n\n")
    (tmp_path / "foreign").write_bytes(b"\xff\xfe\x00")
    for name in ("missing", "empty", "foreign"):
        with pytest.raises(InvalidQuestionsFile, match=name):
            evaluation.load(tmp_path / name)


def test_line_separators_inside_a_string_end_no_line(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes('{"question": "a\u2028b?", "answers": ["c"]}\r\n'.encode())
    assert evaluation.load(path)[0].question == "a\u2028b?"


# -- the run


def test_evaluate_over_a_real_store(store: Path, file: Path) -> None:
    result = run(store, file)
    first, second, third = result.records
    assert first.right
    assert first.hit_rank == 1
    assert second.right
    assert third.right
    assert not third.found
    assert (result.right.count, result.right.of) == (3, 3)
    assert [kind.kind for kind in result.kinds] == ["answerable", "number", "unanswerable"]
    assert result.verbatim.share == 1.0
    assert result.verbatim.of == sum(len(record.quotes) for record in result.records) > 0
    assert result.furniture == 0
    assert 0 < result.p50_ms <= result.p95_ms


def test_a_quote_from_another_source_is_not_right(store: Path) -> None:
    rows = [
        {"question": small_store.QUESTION, "answers": ["42,000"], "sources": [name]} for name in ("docs/birds.txt", "x")
    ]
    result = run(store, write(store.parent / "elsewhere.jsonl", rows))
    assert [record.right for record in result.records] == [False, False]
    assert [record.hit_rank for record in result.records] == [None, None]


def test_a_quote_that_left_its_file_is_damage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = small_store.build(tmp_path)
    file = write(tmp_path / "questions.jsonl", ROWS[:1])
    assert main(["eval", str(file), "--store", str(store)]) == 0
    library = tmp_path / "docs" / "library.txt"
    library.write_bytes(b"X" + library.read_bytes())
    capsys.readouterr()
    assert main(["eval", str(file), "--store", str(store)]) == 1
    output = capsys.readouterr()
    assert "Not verbatim: " in output.out
    assert "do not stand in their files" in output.err


def record(question: str, *, right: bool = True, answerable: bool = True, **fields: object) -> Record:
    made = Record(
        question, (), "k", answerable, right, right, answerable, 0.5, 1 if right else None, None, (), (), (), 0, 0.01
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def test_summarise_counts_each_thing_over_its_own_questions() -> None:
    result = evaluation.summarise(
        "f",
        [
            record("a", quotes=("x", "y"), problems=("gone",), furniture=1, highlight_f1=0.5),
            record("b", right=False, found=False),
            record("c", right=False, answerable=False, found=True, quotes=("z",)),
            record("d", answerable=False, found=False, hit_rank=None, first_right=False),
        ],
    )
    assert (result.right.count, result.right.of) == (2, 4)
    assert (result.first_right.count, result.first_right.of) == (1, 2)
    assert (result.hit_at_1.count, result.hit_at_1.of) == (1, 2)
    assert (result.declined.count, result.declined.of) == (1, 2)
    assert (result.answered.count, result.answered.of) == (1, 2)
    assert (result.verbatim.count, result.verbatim.of) == (2, 3)
    assert (result.furniture, result.highlighted, result.highlight_f1, result.mrr) == (1, 1, 0.5, 0.5)
    assert result.calibration_error == pytest.approx(0.0)


# -- against an earlier result


def test_compare_names_what_got_better_and_worse() -> None:
    old = {("a",): False, ("b",): True, ("h", "c"): True, ("gone",): True}
    new = evaluation.summarise(
        "f", [record("a"), record("b", right=False), record("c", right=False, history=("h",)), record("new")]
    )
    change = evaluation.compare(old, new)
    assert (change.better, change.worse) == (("a",), ("b", "c"))
    assert (change.shared, change.old_right, change.new_right) == (3, 2, 1)
    assert (change.only_old, change.only_new) == (1, 1)
    assert change.lost
    assert change.p_value == 1.0


def test_eval_exits_with_4_if_it_lost(store: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(file), "--store", str(store), "--json"]) == 0
    old = store.parent / "old.json"
    old.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["eval", str(file), "--store", str(store), "--against", str(old)]) == 0
    harder = [ROWS[0] | {"answers": ["43,000"]}, *ROWS[1:]]
    worse = write(store.parent / "worse.jsonl", harder)
    capsys.readouterr()
    assert main(["eval", str(worse), "--store", str(store), "--against", str(old), "--json"]) == 4
    assert json.loads(capsys.readouterr().out)["against"]["worse"] == [small_store.QUESTION]
    assert main(["eval", str(worse), "--store", str(store), "--against", str(old)]) == 4
    output = capsys.readouterr()
    assert f"Worse: {small_store.QUESTION}" in output.out
    assert output.err.splitlines()[-1] == "askdesk: 2 right, 3 before"


@pytest.mark.parametrize("text", ["", "[]", '{"records": [{"question": "a"}]}', '{"records": 3}'])
def test_a_foreign_earlier_result_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AskdeskError, match=r"old\.json"):
        evaluation.load_outcomes(path)


def test_the_stories_are_fixed_questions_on_their_reports(bench: Path, tmp_path: Path) -> None:
    for part in stories.PARTS:
        file = stories.collected(part, tmp_path)
        held = [path.read_text("utf-8") for path in sorted((tmp_path / "documents").iterdir())]
        questions = evaluation.load(file)
        assert len(held) == 154
        assert {one.kind for one in questions} == {"as of", "change", "disagreement", "follow-up", "who said"}
        for one in questions:
            for phrase in (*one.phrases, *one.not_answers):
                assert any(phrase in text for text in held), (one.question, phrase)
