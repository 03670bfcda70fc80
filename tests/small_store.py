"""Four small documents in a store of their own, for tests of the edges."""

from __future__ import annotations

from pathlib import Path

from askdesk.desk import Desk

LIBRARY = """The town library of Tarn

The town library of Tarn holds 42,000 books and 900 maps. It opened on 3 May 2019 in the old grain hall.

The building was paid for by the weavers' guild. The guild had sold its dye works the year before.
"""
BRIDGE = """Bridge over the Orr reopens

The stone bridge over the river Orr is open again after seven months. The engineer Ilse Maron led the repairs of the
stone bridge.
"""
STEERING = """Notice <script>window.pwned = 1</script>

The lighthouse keeper of Vell feeds \x1b[31mseventeen\x1b[0m cats <script>window.pwned = 2</script> **every** evening.
"""
BIRDS = """Birds of the marsh

The bittern nests in the reed beds of the Hollen marsh from April to July.
"""
DOCUMENTS = {"library.txt": LIBRARY, "bridge.txt": BRIDGE, "notice.txt": STEERING, "birds.txt": BIRDS}

QUESTION = "How many books does the town library of Tarn hold?"
ELSEWHERE = "Which composer wrote the opera about submarine volcanoes?"


def write_documents(folder: Path) -> Path:
    """Writes the documents into ``folder`` / docs and returns that."""
    documents = folder / "docs"
    documents.mkdir(parents=True)
    for name, text in DOCUMENTS.items():
        (documents / name).write_bytes(text.encode())
    return documents


def build(folder: Path) -> Path:
    """Writes and indexes the documents and returns the store."""
    documents = write_documents(folder)
    with Desk(folder / "store") as desk:
        report = desk.index(documents)
    assert len(report.added) == len(DOCUMENTS), report
    return folder / "store"
