"""A quote is what stood in the file: what was altered in the ledger is never quoted, is named, and is read again."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import small_store
from askdesk import Desk, indexing
from askdesk.cli import main
from askdesk.errors import StoreDamaged
from askdesk.web import render

TWIN = """The town library of Tarn is full

The town library of Tarn holds 42,000 books and 900 maps, writes the Orr Courier.
"""
TEXT = "update documents set text = replace(text, '42,000', '92,000') where source like '%library.txt'"
PASSAGES = (
    "update passages set embedded = replace(embedded, '42,000', '92,000') where document in "
    "(select number from documents where source like '%library.txt')"
)
NO_UTF8 = (
    "update documents set text = cast(cast(replace(text, '42,000', 'x') as blob) || x'ff' as text) "
    "where source like '%library.txt'"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("altered")
    documents = small_store.write_documents(folder)
    (documents / "courier.txt").write_text(TWIN, encoding="utf-8")
    with Desk(folder / "store") as desk:
        desk.index(documents)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Iterator[Path]:
    """The store in a place of its own, with the files where they were."""
    shutil.copytree(made / "store", tmp_path / "store")
    yield tmp_path
    (made / "docs" / "library.txt").write_bytes(small_store.LIBRARY.encode())


def alter(folder: Path, *changes: str) -> None:
    with sqlite3.connect(folder / "store" / "ledger.sqlite3") as db:
        for change in changes:
            assert db.execute(change).rowcount > 0
    db.close()


def byte_by_byte(folder: Path) -> None:
    """As a disk does it: the first "42" in the file itself becomes "92"."""
    file = folder / "store" / "ledger.sqlite3"
    data = file.read_bytes()
    at = data.index(b"The town library of Tarn holds 42,000 books and 900 maps. It")
    file.write_bytes(data[:at] + data[at:].replace(b"42,000", b"92,000", 1))


@pytest.mark.parametrize("changes", [(TEXT,), (PASSAGES,), (TEXT, PASSAGES), (NO_UTF8,), ()], ids=str)
@pytest.mark.parametrize("way", ["repair", "index", "index elsewhere"])
def test_an_altered_document_is_not_quoted_but_named_and_read_again(
    made: Path, folder: Path, changes: tuple[str, ...], way: str
) -> None:
    if changes:
        alter(folder, *changes)
    else:
        byte_by_byte(folder)
    with Desk(folder / "store") as desk:
        answer = desk.ask(small_store.QUESTION)
        quoted = [*answer.citations, *answer.hits]
        assert answer.citations[0].source.endswith("courier.txt"), "what is sound answers"
        assert answer.citations[0].also_in == ()
        assert not any("92,000" in text for text in (*map(str, quoted), str(answer), answer.citations[0].text))
        (note,) = answer.notes
        assert "library.txt was left out" in note
        assert "askdesk repair" in note
        assert note in str(answer)
        assert not any("92,000" in hit.passage.text for hit in desk.search(small_store.QUESTION))
        assert desk.ask("Who led the repairs of the stone bridge?").found
        assert any("library.txt" in line and "askdesk repair" in line for line in desk.verify().problems)

        if way == "repair":
            desk.repair()
        elif changes == (PASSAGES,):
            desk.index(made / "docs")  # which compares the texts alone
            assert desk.ask(small_store.QUESTION).notes == (note,)
            desk.repair()
        elif way == "index":
            report = desk.index(made / "docs")
            assert [source.rsplit("/")[-1] for source in report.changed] == ["library.txt"]
            assert len(report.unchanged) == len(small_store.DOCUMENTS)
        else:
            desk.index(made / "docs" / "birds.txt")
        assert desk.verify().problems == ()
        mended = desk.ask(small_store.QUESTION)
        assert mended.notes == ()
        assert any(citation.source.endswith("library.txt") for citation in mended.citations)


@pytest.mark.parametrize(
    "change",
    [
        "update documents set text = cast(text as blob) where source like '%library.txt'",
        PASSAGES.replace("replace(embedded, '42,000', '92,000')", "cast(embedded as blob)"),
        PASSAGES.replace("embedded = replace(embedded, '42,000', '92,000')", "start = 'x'"),
        PASSAGES.replace("embedded = replace(embedded, '42,000', '92,000')", "start = start + 1"),
        PASSAGES.replace("embedded = replace(embedded, '42,000', '92,000')", "heading = 'another'"),
    ],
)
def test_a_column_of_another_type_or_place_is_damage_like_any_other(made: Path, folder: Path, change: str) -> None:
    alter(folder, change)
    with Desk(folder / "store") as desk:
        answer = desk.ask(small_store.QUESTION)
        assert answer.citations[0].source.endswith("courier.txt")
        assert "library.txt was left out" in answer.notes[0]
        assert any("library.txt" in line for line in desk.verify().problems)
        desk.repair()
        assert desk.verify().problems == ()
        assert desk.ask(small_store.QUESTION).notes == ()


@pytest.mark.parametrize(
    "change",
    [
        "update documents set published = '2024-13-77' where source like '%library.txt'",
        "update documents set origins = '{[' where source like '%library.txt'",
        "update meta set value = 'x' where key = 'schema_version'",
    ],
)
def test_what_cannot_be_read_at_all_is_one_error_that_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    alter(folder, change)
    for words in (["ask", small_store.QUESTION], ["sources"], ["repair"]):
        assert main([*words, "--store", str(folder / "store")]) == 1
        said = capsys.readouterr().err
        assert "put a copy of the store back" in said
        assert "bug" not in said


def test_a_desk_that_is_open_answers_from_the_rest_too(folder: Path) -> None:
    with Desk(folder / "store") as desk:
        assert desk.ask(small_store.QUESTION).notes == ()
        alter(folder, TEXT)
        answer = desk.ask(small_store.QUESTION)
        assert answer.citations[0].source.endswith("courier.txt")
        assert "library.txt was left out" in answer.notes[0]
        assert not any(hit.source.endswith("library.txt") for hit in desk.search(small_store.QUESTION))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX's")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(made: Path, folder: Path) -> None:
    alter(folder, TEXT)
    file = made / "docs" / "library.txt"
    file.unlink()
    os.mkfifo(file)
    try:
        with Desk(folder / "store") as desk:
            desk.repair()
            assert any("no ordinary file" in line for line in desk.verify().problems)
            desk.index(made / "docs")
    finally:
        file.unlink()


def test_where_the_file_is_gone_nothing_false_is_shown_and_it_is_said(
    made: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alter(folder, TEXT, PASSAGES)
    (made / "docs" / "library.txt").unlink()
    store = ["--store", str(folder / "store")]
    assert main(["repair", *store]) == 1
    said = capsys.readouterr()
    assert "was altered" in said.out
    assert "the file is gone" in said.out
    assert main(["ask", small_store.QUESTION, *store]) == 0
    said = capsys.readouterr().out
    assert "Note: " in said
    assert "92,000" not in said
    source = str(made / "docs" / "library.txt")
    assert main(["show", source, *store]) == 1
    assert "was altered" in capsys.readouterr().err
    with Desk(folder / "store") as desk, pytest.raises(StoreDamaged, match=r"library\.txt.*askdesk repair"):
        desk.document(source)


def test_a_new_recipe_makes_nothing_of_an_altered_text(
    made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut anew from the ledger, it would get a new hash and pass for what was written."""
    alter(folder, TEXT, PASSAGES)
    (made / "docs" / "library.txt").unlink()
    monkeypatch.setattr(indexing, "RECIPE_VERSION", indexing.RECIPE_VERSION + 1)
    with Desk(folder / "store") as desk:
        report = desk.index(made / "docs" / "birds.txt")
        assert [source.rsplit("/")[-1] for source in report.removed] == ["library.txt"]
        assert any("library.txt" in source for source, _ in report.failed)
        assert "92,000" not in str(desk.ask(small_store.QUESTION))
        assert len(desk.documents()) == len(small_store.DOCUMENTS)


def test_the_chat_shows_what_was_left_out(folder: Path) -> None:
    alter(folder, TEXT)
    with Desk(folder / "store") as desk:
        answer = desk.ask(small_store.QUESTION)
    assert "library.txt was left out" in render.answer(answer, {}, {})
    assert "library" in answer._repr_markdown_().split("was left out")[0]
