"""The ledger alone: generations, exact texts, and what it says of files it cannot use."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from askdesk.contents import Contents
from askdesk.errors import (
    SnapshotGone,
    StoreDamaged,
    StoreMissing,
    StoreTooNew,
    UnknownDocument,
    UnreadableDocument,
)
from askdesk.ledger import FILE_NAME, Generation, Ledger
from askdesk.rows import document_id, text_hash
from askdesk.types import Cut, Mark, Reading
from storing import DIMENSIONS, cuts, embed, recipe

PATH = Path("/docs/a.txt")


def stage(ledger: Ledger, path: Path, text: str) -> str:
    ledger.stage(path, path.name, "hash of bytes", Reading(text), path.stem, cuts(text, path.stem))
    return document_id(path)


def publish(ledger: Ledger) -> int:
    number = ledger.number() + 1
    for hash, text in Contents(ledger, number).missing(recipe()):
        ledger.add_vectors(recipe().model_hash, [hash], embed([text]))
    ledger.publish(Generation(number, recipe(), f"cache{number}", 0))
    return number


def test_a_reader_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="askdesk index"):
        Ledger(tmp_path)
    with pytest.raises(StoreMissing):
        Ledger(tmp_path / "deeper")
    assert list(tmp_path.iterdir()) == []


def test_a_document_comes_back_as_it_went_in(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    text = "One.\r\nTwo \x00 three 😀 e\u0301\u200b.\n"
    reading = Reading(
        text=text,
        marks=(Mark("heading", 6, 9, "2"), Mark("furniture", 0, 4, "date line")),
        title="not this one",
        publisher="The Paper",
        published=dt.date(2024, 2, 29),
        updated=dt.date(2024, 3, 1),
        url="https://example.org/a",
        origins=(("published", "first line"),),
    )
    cut = Cut(6, len(text), "Two", "A title\nTwo\n" + text[6:])
    ledger.stage(PATH, "a.txt", "0" * 64, reading, "A title", [cut])
    g = publish(ledger)
    document = Contents(ledger, g).document(document_id(PATH))
    assert (document.text, document.title, document.source, document.sha256) == (
        text,
        "A title",
        "a.txt",
        "0" * 64,
    )
    assert (document.publisher, document.published, document.updated, document.url, document.origins) == (
        reading.publisher,
        reading.published,
        reading.updated,
        reading.url,
        reading.origins,
    )
    assert document.marks == (Mark("furniture", 0, 4, "date line"), Mark("heading", 6, 9, "2"))
    (passage,) = Contents(ledger, g).passages(Contents(ledger, g).passage_ids()).values()
    assert passage.text == text[6:]
    assert (passage.start, passage.end, passage.heading) == (6, len(text), "Two")
    assert [(info.id, path) for info, path in Contents(ledger, g).infos()] == [(document.id, PATH)]


@pytest.mark.parametrize("text", ["a\x00b\x00c" * 30, "😀\u0301x" * 40, "\x00" * 130, "\r\n" * 5 + "x" * 70])
def test_passages_are_slices_of_any_text(tmp_path: Path, text: str) -> None:
    ledger = Ledger(tmp_path, write=True)
    # The second passage is searched in words that are not its own: its text must come from the document.
    changed = [Cut(0, 10, "", "t\n" + text[:10]), Cut(10, 50, "", "normalised")]
    ledger.stage(PATH, "a.txt", "", Reading(text), "t", changed)
    g = publish(ledger)
    passages = Contents(ledger, g).passages(Contents(ledger, g).passage_ids()).values()
    assert sorted(p.text for p in passages) == sorted([text[:10], text[10:50]])
    assert all(p.text == text[p.start : p.end] for p in passages)
    assert Contents(ledger, g).problems(recipe()) == []


def test_nothing_staged_is_seen_before_it_is_published(tmp_path: Path) -> None:
    writer = Ledger(tmp_path, write=True)
    id = stage(writer, PATH, "first words")
    g = publish(writer)
    reader = Ledger(tmp_path)
    stage(writer, PATH, "other words")
    stage(writer, Path("/docs/b.txt"), "more")
    writer.commit_staged()
    assert reader.number() == g
    assert Contents(reader, g).document(id).text == "first words"
    assert len(Contents(reader, g).infos()) == 1
    assert publish(writer) == g + 1
    assert Contents(reader, g).document(id).text == "first words"
    assert Contents(reader, g + 1).document(id).text == "other words"
    assert [len(Contents(reader, n).infos()) for n in (g, g + 1)] == [1, 2]


def test_what_is_discarded_leaves_no_trace_but_vectors(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    id = stage(ledger, PATH, "first words")
    g = publish(ledger)
    stage(ledger, PATH, "other words")
    ledger.retire(stage(ledger, Path("/docs/b.txt"), "more"))
    hash, text = Contents(ledger, g + 1).missing(recipe())[0]
    ledger.add_vectors(recipe().model_hash, [hash], embed([text]))
    ledger.close()

    ledger = Ledger(tmp_path, write=True)
    ledger.discard()
    ledger.purge()
    assert [info.id for info, _ in Contents(ledger, g + 1).infos()] == [id]
    assert Contents(ledger, g + 1).document(id).text == "first words"
    stage(ledger, PATH, "other words")
    assert Contents(ledger, g + 1).missing(recipe()) == []


def test_only_the_previous_generation_is_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    for n in range(4):
        id = stage(ledger, PATH, f"words {n}")
        publish(ledger)
    ledger.purge()
    assert Contents(ledger, 4).document(id).text == "words 3"
    assert Contents(ledger, 3).document(id).text == "words 2"
    with pytest.raises(SnapshotGone, match="ask again"):
        Contents(ledger, 2).document(id)
    assert ledger.cache_names() == {"cache3", "cache4"}
    ledger.drop_unused_vectors()
    count = sqlite3.connect(tmp_path / FILE_NAME).execute("select count(*) from vectors").fetchone()
    assert count == (2,)


def test_the_last_replacement_counts_and_a_removed_one_is_gone(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    id = stage(ledger, PATH, "one")
    stage(ledger, PATH, "two")
    assert len(Contents(ledger, 1).infos()) == 1
    assert Contents(ledger, 1).document(id).text == "two"
    ledger.retire(id)
    assert Contents(ledger, 1).infos() == []
    with pytest.raises(UnknownDocument):
        ledger.retire(id)
    with pytest.raises(UnknownDocument, match="nothing"):
        Contents(ledger, 1).document("nothing")


def test_lone_surrogates_are_refused_and_leave_the_rest_alone(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    stage(ledger, PATH, "sound")
    for path, text in ((Path("/docs/bad\udcff.txt"), "sound"), (PATH, "bad \ud800 text")):
        with pytest.raises(UnreadableDocument) as caught:
            stage(ledger, path, text)
        str(caught.value).encode()
    publish(ledger)
    assert [Contents(ledger, 1).document(info.id).text for info, _ in Contents(ledger, 1).infos()] == ["sound"]


def test_a_cut_outside_the_text_is_refused(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    with pytest.raises(ValueError, match=r"a\.txt"):
        ledger.stage(PATH, "a.txt", "", Reading("short"), "t", [Cut(0, 6, "", "x")])


def test_vectors_come_back_bit_by_bit_and_in_order(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    stage(ledger, PATH, "word " * 60)
    publish(ledger)
    ids = Contents(ledger, 1).passage_ids()
    assert len(ids) == 5
    texts = {id: text for id, _, text in Contents(ledger, 1).embedded()}
    for order in (ids, ids[::-1], ids * 2):
        np.testing.assert_array_equal(
            Contents(ledger, 1).vectors(recipe().model_hash, order), embed([texts[id] for id in order])
        )
    assert Contents(ledger, 1).vectors(recipe().model_hash, ids).dtype == np.float32
    with pytest.raises(StoreDamaged, match="vector"):
        Contents(ledger, 1).vectors("another model", ids)
    assert text_hash(texts[ids[0]]) in Contents(ledger, 1).hashes()
    assert Contents(ledger, 1).rows(recipe().model_hash)[1].shape == (5, DIMENSIONS)


def test_a_later_version_is_refused_by_name(tmp_path: Path) -> None:
    Ledger(tmp_path, write=True).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("update meta set value = '99' where key = 'schema_version'")
    for write in (False, True):
        with pytest.raises(StoreTooNew, match=r"99.*update askdesk"):
            Ledger(tmp_path, write=write)


def test_a_file_that_is_no_ledger_is_damage(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, but it is long enough" * 100)
    for write in (False, True):
        with pytest.raises(StoreDamaged, match=r"ledger\.sqlite3"):
            Ledger(tmp_path, write=write)
    (tmp_path / FILE_NAME).write_bytes(b"")
    with pytest.raises(StoreMissing):
        Ledger(tmp_path)


def test_problems_name_what_was_altered(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, write=True)
    stage(ledger, PATH, "word " * 60)
    stage(ledger, Path("/docs/b.txt"), "other words")
    g = publish(ledger)
    assert Contents(ledger, g).problems(recipe()) == []
    ledger.close()
    for change, said in (
        ("update documents set text = 'Word' || substr(text, 5) where source = 'a.txt'", "a.txt: its text"),
        ("update passages set start = start + 1 where ordinal = 0", "slice"),
        ("update passages set embedded = embedded || '!' where ordinal = 1", "was altered"),
        ("delete from passages where ordinal = 2", "4 of 5 passages"),
        ("delete from vectors where number = 1", "no sound vector"),
        ("update vectors set vector = x'00000000' where number = 2", "no sound vector"),
    ):
        spoilt = tmp_path / "spoilt"
        spoilt.mkdir(exist_ok=True)
        (spoilt / FILE_NAME).write_bytes((tmp_path / FILE_NAME).read_bytes())
        with sqlite3.connect(spoilt / FILE_NAME) as db:
            db.execute(change)
        db.close()
        found = Ledger(spoilt)
        assert any(said in line and "run: askdesk" in line for line in Contents(found, g).problems(recipe())), change
        found.close()
