"""From files to a published index: what is added, changed, removed, skipped and refused."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdesk import Desk, MissingPath, RecipeMismatch, UnknownDocument
from askdesk import files as files_room
from askdesk.errors import InvalidFilter, InvalidQuestion, StoreMissing
from askdesk.types import Progress

STORY = """Harbour of Orsa gets a new crane

The harbour of Orsa has ordered a crane of 80 tonnes. The crane is to stand on the north quay from May.
"""
OTHER = """Ferry to Lund stops

The ferry between Orsa and Lund stops in winter. The mayor said the ice was too thick.
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "crane.txt").write_text(STORY, encoding="utf-8")
    (folder / "ferry.md").write_text("# " + OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "store")


def names(sources: tuple[str, ...]) -> list[str]:
    return [Path(source).name for source in sources]


def test_added_unchanged_changed_removed(desk: Desk, documents: Path) -> None:
    assert names(desk.index(documents).added) == ["crane.txt", "ferry.md"]
    again = desk.index(documents)
    assert (names(again.unchanged), again.added, again.changed) == (["crane.txt", "ferry.md"], (), ())
    (documents / "crane.txt").write_text(STORY.replace("80 tonnes", "90 tonnes"), encoding="utf-8")
    (documents / "ferry.md").unlink()
    report = desk.index(documents)
    assert (names(report.changed), names(report.removed)) == (["crane.txt"], ["ferry.md"])
    assert "90 tonnes" in desk.ask("How heavy is the crane that Orsa ordered?").citations[0].text


def test_a_run_without_changes_publishes_nothing(desk: Desk, documents: Path) -> None:
    desk.index(documents)
    before = desk._collection.snapshot().generation
    desk.index(documents)
    assert desk._collection.snapshot().generation == before


def test_only_new_passages_are_embedded(desk: Desk, documents: Path) -> None:
    (documents / "long.txt").write_text(
        "Long\n\n" + "\n\n".join(f"Paragraph {n}. " + f"Words of part {n} follow here. " * 20 for n in range(6)),
        encoding="utf-8",
    )
    desk.index(documents)
    with (documents / "long.txt").open("a", encoding="utf-8") as file:
        file.write("\n\nA new end that was never seen before.")
    seen: list[Progress] = []
    desk.index(documents, progress=seen.append)
    assert [step.total for step in seen if step.step == "embed"][-1] <= 2


def test_a_missing_path_is_an_error_and_removes_nothing(desk: Desk, documents: Path, tmp_path: Path) -> None:
    desk.index(documents)
    with pytest.raises(MissingPath, match="gone"):
        desk.index([documents, tmp_path / "gone"])
    assert len(desk.documents()) == 2


def test_files_outside_the_given_roots_stay(desk: Desk, documents: Path, tmp_path: Path) -> None:
    desk.index(documents)
    elsewhere = tmp_path / "more"
    elsewhere.mkdir()
    (elsewhere / "note.txt").write_text("A note on the quay of Orsa.", encoding="utf-8")
    assert desk.index(elsewhere).removed == ()
    assert len(desk.documents()) == 3


def test_each_bad_file_harms_only_itself(desk: Desk, documents: Path) -> None:
    bad = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "broken.pdf": b"%PDF-1.7\nnothing of the kind",
        "broken.docx": b"PK\x03\x04 nothing of the kind",
        "blank.html": b"<html><body><script>1</script></body></html>",
    }
    for name, data in bad.items():
        (documents / name).write_bytes(data)
    report = desk.index(documents)
    assert names(report.added) == ["crane.txt", "ferry.md"]
    assert sorted(Path(source).name for source, _ in report.failed) == sorted(bad)
    for source, reason in report.failed:
        assert Path(source).name in reason
        assert "\n" not in reason
    assert "80 tonnes" in desk.ask("How heavy is the crane that Orsa ordered?").citations[0].text


def test_a_file_that_breaks_keeps_its_earlier_version(desk: Desk, documents: Path) -> None:
    desk.index(documents)
    (documents / "crane.txt").write_bytes(bytes(range(256)) * 40)
    report = desk.index(documents)
    assert len(report.failed) == 1
    assert "80 tonnes" in desk.ask("How heavy is the crane that Orsa ordered?").citations[0].text


def test_only_furniture_is_skipped_with_a_reason(desk: Desk, documents: Path) -> None:
    (documents / "frame.html").write_text(
        "<html><body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        "<footer>© 2024 All rights reserved</footer></body></html>",
        encoding="utf-8",
    )
    report = desk.index(documents)
    assert [Path(source).name for source, _ in (*report.skipped, *report.failed)] == ["frame.html"]


def test_unlisted_suffixes_are_skipped_and_said(desk: Desk, documents: Path) -> None:
    (documents / "picture.png").write_bytes(b"\x89PNG")
    (documents / ".hidden.txt").write_text("secret", encoding="utf-8")
    report = desk.index(documents)
    assert [(Path(source).name, ".png" in reason) for source, reason in report.skipped] == [("picture.png", True)]


def test_a_file_that_vanishes_or_keeps_changing(desk: Desk, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        data = real(path)
        if path.name == "crane.txt":
            with path.open("ab") as file:
                file.write(b" more")
        if path.name == "ferry.md":
            path.unlink()
            raise FileNotFoundError(path)
        return data

    (documents / "still.txt").write_text("The lamp on the quay was lit at six.", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    report = desk.index(documents)
    assert names(report.added) == ["still.txt"]
    assert ["changes while" in reason or "vanished" in reason for _, reason in report.failed] == [True, True]


def test_a_file_over_the_limit(desk: Desk, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_room, "LARGEST_FILE", 100)
    report = desk.index(documents)
    assert all("split it" in reason for _, reason in report.failed)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links(desk: Desk, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("Outside of the folder.", encoding="utf-8")
    (documents / "leaves.txt").symlink_to(tmp_path / "outside.txt")
    (documents / "loop").symlink_to(documents, target_is_directory=True)
    (documents / "nowhere.txt").symlink_to(tmp_path / "nothing.txt")
    (documents / "same.txt").symlink_to(documents / "crane.txt")
    report = desk.index(documents)
    assert sorted(Path(source).name for source, _ in report.skipped) == ["leaves.txt", "loop", "nowhere.txt"]
    assert len(report.added) == 2


def test_a_file_that_may_not_be_read(desk: Desk, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.index(documents)
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "crane.txt":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    report = desk.index(documents)
    assert [("crane.txt" in reason, "permission" in reason) for _, reason in report.failed] == [(True, True)]
    assert (report.removed, len(desk.documents())) == ((), 2)


def test_a_folder_that_cannot_be_listed_loses_nothing(
    desk: Desk, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (documents / "sub").mkdir()
    (documents / "sub" / "note.txt").write_text("The note in the folder below.", encoding="utf-8")
    desk.index(documents)
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(files_room.os, "scandir", scandir)
    report = desk.index(documents)
    assert [Path(source).name for source, _ in report.failed] == ["sub"]
    assert report.removed == ()


@pytest.mark.skipif(os.mkdir not in os.supports_dir_fd, reason="such folders are made with POSIX means")
def test_folders_nested_deeper_than_python_calls(desk: Desk, documents: Path) -> None:
    """Made a step at a time: the path of the last one is longer than the system takes at once."""
    step = os.open(documents, os.O_RDONLY)
    for _ in range(3_000):
        os.mkdir("d", dir_fd=step)
        step, above = os.open("d", os.O_RDONLY, dir_fd=step), step
        os.close(above)
    os.close(step)
    try:
        report = desk.index(documents)
    finally:
        subprocess.run(["rm", "-rf", str(documents / "d")], check=True)  # Python's own way calls itself for each
    assert sorted(names(report.added)) == ["crane.txt", "ferry.md"]
    ((source, reason),) = report.failed
    assert source.endswith("/d/d/d")
    assert "too long" in reason


@pytest.mark.parametrize("error", [TypeError("inside"), MemoryError(), RecursionError()], ids=repr)
def test_an_error_of_our_own_over_one_file_harms_only_that(
    desk: Desk, documents: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from askdesk import reading

    real = reading.read

    def read(data: bytes, name: str) -> object:
        if name.endswith("crane.txt"):
            raise error
        return real(data, name)

    monkeypatch.setattr(reading, "read", read)
    report = desk.index(documents)
    assert names(report.added) == ["ferry.md"]
    ((source, reason),) = report.failed
    assert source.endswith("crane.txt")
    assert type(error).__name__ in reason


@pytest.mark.parametrize(
    "name", ["two words.txt", "ünïcode – ’quote’.txt", "#hash?&.txt", "[bold]x[red].txt", "-dash.txt"]
)
def test_odd_names(desk: Desk, documents: Path, name: str) -> None:
    (documents / name).write_text("The pilot of Orsa is called Hemming.", encoding="utf-8")
    desk.index(documents)
    answer = desk.ask("What is the pilot of Orsa called?")
    assert answer.citations[0].source.endswith(name)
    assert desk.document(answer.citations[0].source).text.startswith("The pilot")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text(desk: Desk, documents: Path) -> None:
    raw = os.fsencode(documents) + b"/bad\xff.txt"
    with open(raw, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(b"The pilot of Orsa is called Hemming.")
    report = desk.index(documents)
    assert names(report.added) == ["crane.txt", "ferry.md"]
    assert "bad\\xff.txt" in report.failed[0][0]


def test_invisible_and_combining_characters_keep_their_places(desk: Desk, documents: Path) -> None:
    text = "\u202eThe\u200b cafe\u0301 of 🎉 Orsa\u00a0sells 37 kinds\u202c of tea. It is open."
    (documents / "tea.txt").write_text(text, encoding="utf-8")
    desk.index(documents)
    citation = desk.ask("How many kinds of tea does the café of Orsa sell?").citations[0]
    assert text[citation.start : citation.end] == citation.text
    assert citation.short_answer == "37"


def test_the_store_inside_the_folder_is_not_indexed(documents: Path) -> None:
    (documents / "store").mkdir()
    desk = Desk(documents / "store")
    desk.index(documents)
    assert len(desk.index(documents).unchanged) == 2


def test_another_model_must_be_asked_for_and_rebuilds(
    desk: Desk, documents: Path, tiny_model: Path, tmp_path: Path
) -> None:
    desk.index(documents)
    with Desk(desk.store, model=str(tiny_model)) as other:
        with pytest.raises(RecipeMismatch, match="askdesk index"):
            other.ask("How heavy is the crane?")
        (documents / "ferry.md").rename(tmp_path / "ferry.md")
        assert names(other.index(documents / "crane.txt").changed) == ["crane.txt"]
        assert len(other.documents()) == 2, "what was not read again is cut anew from the ledger"
        assert other.search("crane")
        assert ["ferry.md" in line for line in other.verify().problems] == [True]
    # Named by nobody, the store's own model is used, through the whole path.
    with Desk(desk.store) as third:
        assert third.ask("How heavy is the crane that the harbour of Orsa has ordered?").hits


def test_questions_that_are_none(desk: Desk, documents: Path) -> None:
    desk.index(documents)
    for question in ("", "  \n", "x" * 100_001):
        with pytest.raises(InvalidQuestion):
            desk.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "word " * 10_000,
        "the of and",
        "Wie schwer ist der Kran von Orsa?",
        "\ud800 crane",
        "?!",
        'crane AND (NOT "x" :*',
    ],
)
def test_odd_questions_are_answered_or_declined(desk: Desk, documents: Path, question: str) -> None:
    desk.index(documents)
    answer = desk.ask(question)
    assert answer.found == bool(answer.citations)
    assert (answer.reason is None) == answer.found


def test_filters(desk: Desk, documents: Path) -> None:
    (documents / "dated.html").write_text(
        "<html><head><meta property='article:published_time' content='2024-05-03T10:00:00Z'>"
        "<meta property='og:site_name' content='Orsa Post'></head><body><article><h1>Crane is late</h1>"
        "<p>The crane for the harbour of Orsa comes a month late, the harbour says in a letter to the town.</p>"
        "</article></body></html>",
        encoding="utf-8",
    )
    desk.index(documents)
    assert {Path(hit.source).name for hit in desk.search("crane harbour", publisher="orsa post")} == {"dated.html"}
    assert {Path(hit.source).name for hit in desk.search("crane harbour", after="2024-05-03")} == {"dated.html"}
    assert desk.search("crane harbour", before="2024-05-02") == ()
    assert not desk.ask("How heavy is the crane?", before="2024-05-02").found
    assert {Path(hit.source).name for hit in desk.search("crane", sources=documents / "ferry.md")} == {"ferry.md"}
    with pytest.raises(InvalidFilter):
        desk.search("crane", after="May")
    with pytest.raises(InvalidFilter):
        desk.ask("How heavy is the crane?", limit=0)
    with pytest.raises(UnknownDocument):
        desk.search("crane", sources="nothing.txt")


def test_a_missing_store_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="askdesk index"):
        Desk(tmp_path / "none").ask("How heavy is the crane?")
    assert not (tmp_path / "none").exists()


def test_an_empty_store_declines(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    desk = Desk(tmp_path / "store")
    desk.index(tmp_path / "empty")
    answer = desk.ask("How heavy is the crane?")
    assert (answer.found, answer.hits, answer.citations) == (False, (), ())


def test_remove(desk: Desk, documents: Path) -> None:
    desk.index(documents)
    assert names(desk.remove(documents / "crane.txt")) == ["crane.txt"]
    assert names(tuple(info.source for info in desk.documents())) == ["ferry.md"]
    assert desk.verify().ok
    assert (documents / "crane.txt").exists()


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.sampled_from(["The crane ", "lifts. ", "\r\n", "\n\n", "“So?” ", "é", "\u200b", "🎉 ", "# Head\n", "x" * 40])
    ).map("".join)
)
def test_of_any_text_every_passage_and_quote_is_a_slice_and_the_next_run_changes_nothing(text: str) -> None:
    text += "\n\nThe crane of Orsa lifts 80 tonnes."
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any.txt")
        path.write_bytes(text.encode())
        with Desk(Path(folder, "store")) as desk:
            desk.index(path)
            document = desk.document(path)
            assert document.text == text
            for hit in desk.search("crane lifts", limit=50):
                assert hit.passage.text == text[hit.passage.start : hit.passage.end]
            for citation in desk.ask("How many tonnes does the crane of Orsa lift?").citations:
                assert citation.text == text[citation.start : citation.end]
            generation = desk._collection.snapshot().generation
            assert desk.index(path).unchanged == (document.source,)
            assert desk._collection.snapshot().generation == generation
