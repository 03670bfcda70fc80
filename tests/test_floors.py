"""Imports go down: every module has its floor, and every heavy library its one file, used late."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "askdesk"

FLOORS = {
    "types": 0, "errors": 0, "arguments": 0, "text": 0, "jsonform": 0, "visible": 0, "shipped": 0, "scores": 0, "commands": 0,
    "reading": 1, "chunking": 1, "marks": 1, "times": 1, "values": 1, "speakers": 1, "copies": 1, "names": 1, "tokens": 1, "embedding": 1, "inference": 1, "vectors": 1, "keywords": 1,
    "ledger": 1, "rows": 1, "contents": 1, "lock": 1, "files": 1, "questions": 1, "changing": 1, "shortanswers": 1, "reader": 1,
    "snapshot": 2, "marking": 2, "carrying": 2, "rewording": 2, "findings": 2, "counting": 2, "figures": 2, "parting": 2, "telling": 2, "corroboration": 1, "preferring": 2, "caches": 2, "collection": 2, "reasons": 2, "things": 2, "absence": 2, "retrieval": 2, "scoring": 2, "citing": 2, "quoting": 2, "answering": 2, "considering": 2, "deciding": 2, "evidence": 2, "topics": 2, "weights": 2, "conversation": 2, "indexing": 2,
    "desk": 3,
    "cli": 4, "printing": 4, "web": 4, "evaluation": 4, "__main__": 4,
}  # fmt: skip

ONLY = {
    "sentence_transformers": "embedding",
    "torch": "embedding",
    "onnxruntime": "inference",
    "chromadb": "vectors",
    "tantivy": "keywords",
    "sqlite3": "ledger",
    "tiktoken": "tokens",
    "sentencex": "text",
    "gradio": "web",
    "fastapi": "web",
    "uvicorn": "web",
    "bcrypt": "web",
    "pypdf": "reading",
    "pypdfium2": "reading",
    "trafilatura": "reading",
    "docx": "reading",
    "lxml": "reading",
}
AT_HEAD = {"sqlite3", "gradio", "fastapi", "uvicorn"}
"""May stand at the head of their files: the one is quick, the others' file is itself imported late."""


def modules() -> list[tuple[str, Path]]:
    """(name of the room, file) of every module but the package's own, which gives names from all floors."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room != "__init__":
            found.append((room, path))
    return found


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yields (imported module, whether at the head of the file) of a file, without those for types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    late = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    package = ["askdesk", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node not in late
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module == "askdesk":
                for alias in node.names:
                    yield f"askdesk.{alias.name}", node not in late
            else:
                yield module, node not in late


def rooms(path: Path) -> set[str]:
    names = {name.split(".")[1] for name, _ in imports(path) if name.startswith("askdesk.")}
    return names & set(FLOORS)


def test_every_module_has_a_floor() -> None:
    assert {room for room, _ in modules()} == set(FLOORS)


@pytest.mark.parametrize(("room", "path"), modules(), ids=lambda value: str(value).replace(str(PACKAGE), ""))
def test_imports_go_down(room: str, path: Path) -> None:
    for other in rooms(path) - {room}:
        assert FLOORS[other] <= FLOORS[room], f"{room} (floor {FLOORS[room]}) imports {other} ({FLOORS[other]})"
        if FLOORS[room] == 4:
            assert FLOORS[other] in (0, 3, 4), f"the edge {room} reaches into {other}"


def test_no_circles() -> None:
    graph: dict[str, set[str]] = {}
    for room, path in modules():
        graph.setdefault(room, set()).update(rooms(path) - {room})
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("types") < order.index("desk")


@pytest.mark.parametrize(("room", "path"), modules(), ids=lambda value: str(value).replace(str(PACKAGE), ""))
def test_heavy_libraries_have_one_room_and_come_late(room: str, path: Path) -> None:
    for name, early in imports(path):
        library = name.split(".")[0]
        if library in ONLY:
            assert ONLY[library] == room, f"{library} is imported by {room}, it belongs to {ONLY[library]}"
            assert library in AT_HEAD or not early, f"{room} imports {library} before it is used"
