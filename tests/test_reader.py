"""The trained reader: what it says of a text, and what happens when its file is not the one that came with askdesk."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import numpy as np
import pytest

from askdesk import Desk, ModelError, reader
from askdesk.cli import main
from askdesk.reader import LONGEST, QUESTION_PIECES, WINDOW, Reader, best, together

CRANE = "The harbour of Orsa has ordered a crane of 80 tonnes. It comes from a yard in Gdansk and arrives in May."
OTHER = "The choir sang in the church until late. Nobody wanted to go home before the last song was over."


@pytest.fixture(scope="module")
def trained() -> Reader:
    return Reader()


def said(trained: Reader, question: str, text: str, title: str = "") -> str:
    found = best(trained.read(question, [(title, text)])[0], 0, len(text))
    assert found is not None
    return text[slice(*found.span)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How heavy is the crane that the harbour ordered?", "80 tonnes"),
        ("When does the crane arrive?", "May"),
        ("Where does the crane come from?", "Gdansk"),
    ],
)
def test_the_answer_is_marked(trained: Reader, question: str, answer: str) -> None:
    assert answer in said(trained, question, CRANE)
    assert len(said(trained, question, CRANE)) < 40


def test_a_text_that_does_not_answer_is_known(trained: Reader) -> None:
    here, there = trained.read("How heavy is the crane?", [("", CRANE), ("", OTHER)])
    assert here.answers > there.answers + 2
    found, nothing = best(here, 0, len(CRANE)), best(there, 0, len(OTHER))
    assert found
    assert nothing
    assert found.score > nothing.score + 4


def test_what_it_says_does_not_depend_on_what_else_is_read(trained: Reader) -> None:
    question = "How heavy is the crane?"
    (alone,) = trained.read(question, [("Orsa", CRANE)])
    among = trained.read(question, [("", OTHER), ("Orsa", CRANE), ("", CRANE * 20)])[1]
    assert alone.starts.tobytes() == among.starts.tobytes()
    assert alone.ends.tobytes() == among.ends.tobytes()
    assert alone.answers == among.answers


def test_a_long_text_is_read_to_its_end(trained: Reader) -> None:
    text = OTHER * 40 + " " + CRANE
    (judgement,) = trained.read("How heavy is the crane?", [("", text)])
    assert len(judgement.offsets) > 2 * WINDOW
    assert np.isfinite(judgement.starts).all()
    assert np.isfinite(judgement.ends).all()
    assert "80 tonnes" in said(trained, "How heavy is the crane?", text)


def test_a_question_longer_than_the_window_is_cut(trained: Reader) -> None:
    question = "How heavy is the crane that the harbour ordered " + "and paid for " * WINDOW + "?"
    assert len(question.split()) > QUESTION_PIECES
    assert "80" in said(trained, question, CRANE, title="crane " * WINDOW)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b"])
def test_a_text_without_words_has_no_answer(trained: Reader, text: str) -> None:
    assert best(trained.read("How heavy is the crane?", [("", text)])[0], 0, len(text)) is None


@pytest.mark.parametrize(
    "text", ["| a | b |\n|---|---|\n| 1 | 2 |", "def f(x):\n    return x\n", "Кран важит 80 тонн.", "\ud800 80"]
)
def test_spans_lie_in_the_text(trained: Reader, text: str) -> None:
    (judgement,) = trained.read("How heavy is the crane?", [("", text)])
    assert all(0 <= low <= high <= len(text) for low, high in judgement.offsets)
    found = best(judgement, 0, len(text))
    assert found is not None
    assert text[slice(*found.span)]


def test_an_answer_stays_inside_its_stretch_and_is_short(trained: Reader) -> None:
    (judgement,) = trained.read("How heavy is the crane?", [("", CRANE + " " + "word " * 100)])
    second = CRANE.index("It comes")
    found = best(judgement, second, len(CRANE))
    assert found is not None
    assert second <= found.span[0]
    assert found.span[1] <= len(CRANE)
    whole = best(judgement, 0, len(CRANE) + 500)
    assert whole is not None
    assert len(CRANE[slice(*whole.span)].split()) <= LONGEST


def test_another_file_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "crane.txt").write_text(f"A crane\n\n{CRANE}\n", encoding="utf-8")
    with Desk(tmp_path / "store") as desk:
        desk.index(tmp_path / "crane.txt")
    monkeypatch.setattr(reader, "SHA256", "0" * 64)
    with Desk(tmp_path / "store") as desk, pytest.raises(ModelError, match=r"reader\.onnx.*--no-reader"):
        desk.ask("How heavy is the crane?")
    arguments = ["ask", "How heavy is the crane?", "--store", str(tmp_path / "store")]
    assert main(arguments) != 0
    assert "reader.onnx" in capsys.readouterr().err
    assert main([*arguments, "--no-reader"]) == 0
    assert "80 tonnes" in capsys.readouterr().out


def test_the_file_is_small() -> None:
    content = importlib.resources.files("askdesk").joinpath("data", reader.FILE).read_bytes()
    assert len(content) <= 25_000_000


def test_a_sentence_read_alone_and_in_its_text_is_said_of_by_both(trained: Reader) -> None:
    low = CRANE.index("It comes")
    question = "When does the crane arrive?"
    whole, alone = trained.read(question, [("", CRANE), ("", CRANE[low:])])
    both = together(alone, whole, low)
    first = [at for at, (start, _) in enumerate(whole.offsets) if start >= low]
    assert both.offsets == alone.offsets
    assert both.starts.tolist() == pytest.approx((alone.starts + whole.starts[first]).tolist())
    assert both.ends.tolist() == pytest.approx((alone.ends + whole.ends[first]).tolist())
    found = best(both)
    assert found is not None
    assert CRANE[low:][slice(*found.span)] == "May"


def test_a_stretch_that_does_not_stand_there_keeps_what_is_said_of_it_alone(trained: Reader) -> None:
    whole, alone = trained.read("When does the crane arrive?", [("", CRANE), ("", OTHER)])
    assert together(alone, whole, len(CRANE)).starts.tolist() == alone.starts.tolist()
