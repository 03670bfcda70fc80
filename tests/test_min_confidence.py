"""From which confidence on a question is answered, as the asker chooses."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import askdesk
import small_store
from askdesk import Desk, InvalidFilter
from askdesk.cli import main

QUESTION, ELSEWHERE = small_store.QUESTION, small_store.ELSEWHERE


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(small_store.build(tmp_path_factory.mktemp("confidence"))) as desk:
        yield desk


def test_the_answer_turns_at_its_own_confidence(desk: Desk) -> None:
    for question in (QUESTION, ELSEWHERE):
        confidence = desk.ask(question).confidence
        assert 0.0 < confidence < 1.0
        assert desk.ask(question, min_confidence=confidence).found
        declined = desk.ask(question, min_confidence=math.nextafter(confidence, 1.0))
        assert not declined.found
        assert not declined.citations
        assert declined.reason
        assert declined.hits
        assert declined.confidence == confidence


def test_at_0_everything_is_answered(desk: Desk) -> None:
    assert not desk.ask(ELSEWHERE).found
    for minimum in (0, 0.0):
        answer = desk.ask(ELSEWHERE, min_confidence=minimum)
        assert answer.found
        assert answer.citations
        assert answer.reason is None


def test_at_1_nothing_unsure_is_answered(desk: Desk) -> None:
    assert desk.ask(QUESTION).found
    assert not desk.ask(QUESTION, min_confidence=1).found


def test_none_is_the_answerers_own(desk: Desk) -> None:
    for question in (QUESTION, ELSEWHERE):
        assert desk.ask(question, min_confidence=None) == desk.ask(question)


def test_a_store_without_documents_declines_at_0(tmp_path: Path) -> None:
    documents = small_store.write_documents(tmp_path)
    with Desk(tmp_path / "store") as desk:
        desk.index(documents)
        desk.remove([info.id for info in desk.documents()])
        assert not desk.ask(QUESTION, min_confidence=0).found


@pytest.mark.parametrize(
    "given", [-0.1, 1.1, 50, math.nan, math.inf, True, False, "0.5", [0.5], 0.5j, b"1", 10**400], ids=str
)
def test_what_is_no_confidence_is_refused_by_name(desk: Desk, given: Any) -> None:
    with pytest.raises(InvalidFilter, match=r"^min_confidence is .*: give a number from 0 to 1") as raised:
        desk.ask(QUESTION, min_confidence=given)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 150


def test_the_module_hands_it_on(desk: Desk) -> None:
    assert askdesk.ask(ELSEWHERE, store=desk.store, min_confidence=0.0).found
    assert not askdesk.ask(QUESTION, (), 5, None, None, None, None, 1.0, store=desk.store).found


def test_the_command_hands_it_on(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", ELSEWHERE, "--store", str(desk.store), "--min-confidence", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["found"] is True
    assert main(["ask", QUESTION, "--store", str(desk.store), "--min-confidence", "1", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["found"] is False


@pytest.mark.parametrize("given", ["1.5", "-1", "nan", "much"])
def test_the_command_refuses_what_is_none(desk: Desk, given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--store", str(desk.store), f"--min-confidence={given}"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "confidence" in shown.err
