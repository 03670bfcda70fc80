"""The names that others use, and that nothing heavy is imported to give them."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import askdesk
import small_store
from askdesk import Desk, errors

CONTRACT = {"Desk", "ask", "index", "Answer", "Citation", "Document", "DocumentInfo", "Hit", "IndexReport", "Passage"}
HEAVY = ["torch", "sentence_transformers", "transformers", "chromadb", "onnxruntime", "gradio", "tantivy", "rich"]


def test_all_names_are_there_and_sorted() -> None:
    assert set(askdesk.__all__) >= CONTRACT
    assert sorted(askdesk.__all__) == askdesk.__all__
    for name in askdesk.__all__:
        assert getattr(askdesk, name).__doc__


def test_every_error_is_public_and_names_a_built_in_one() -> None:
    own = [value for value in vars(errors).values() if inspect.isclass(value) and value.__module__ == errors.__name__]
    for error in own:
        assert error.__name__ in askdesk.__all__
        assert issubclass(error, errors.AskdeskError)
        if error is not errors.AskdeskError:
            assert issubclass(error, ValueError | LookupError | OSError)


def test_the_signature_of_ask() -> None:
    names = ["question", "history", "limit", "sources", "publisher", "after", "before", "min_confidence"]
    named = ["as_of", "said_by"]
    assert list(inspect.signature(Desk.ask).parameters) == ["self", *names, *named]
    assert list(inspect.signature(askdesk.ask).parameters) == [*names, *named, "store"]


def test_importing_askdesk_imports_nothing_heavy() -> None:
    code = f"import sys, askdesk; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_asking_imports_no_torch(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The crane of Orsa lifts 80 tonnes.", encoding="utf-8")
    code = (
        "import sys; from askdesk import ask, index\n"
        f"index({str(tmp_path / 'a.txt')!r}, store={str(tmp_path / 'store')!r})\n"
        f"answer = ask('How many tonnes does the crane of Orsa lift?', store={str(tmp_path / 'store')!r})\n"
        "assert answer.found, answer\n"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr


def test_an_unknown_encoding_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The crane of Orsa lifts 80 tonnes.", encoding="utf-8")
    with pytest.raises(askdesk.ModelError, match="nonsense"):
        Desk(tmp_path / "store", encoding="nonsense").index(tmp_path / "a.txt")


def test_a_store_whose_caches_are_gone_keeps_its_model(tmp_path: Path, tiny_model: Path) -> None:
    import shutil

    (tmp_path / "a.txt").write_text("The crane of Orsa lifts 80 tonnes.", encoding="utf-8")
    with Desk(tmp_path / "store", model=str(tiny_model)) as desk:
        desk.index(tmp_path / "a.txt")
    shutil.rmtree(tmp_path / "store" / "caches")
    with Desk(tmp_path / "store") as desk:
        with pytest.raises(askdesk.StoreDamaged, match="repair"):
            desk.ask("What lifts 80 tonnes?")
        assert desk.index(tmp_path / "a.txt").unchanged
        assert desk.search("crane")
        assert desk._collection.snapshot().recipe.model == str(tiny_model.resolve())


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"sources": 5}, "sources"),
        ({"sources": [None]}, "sources"),
        ({"publisher": 5}, "publisher"),
        ({"publisher": " "}, "publisher"),
        ({"history": [None]}, "history"),
        ({"history": "Who led the repairs?"}, "history"),
        ({"history": 5}, "history"),
        ({"after": "2023-W10"}, "after"),
        ({"before": "20230314"}, "before"),
        ({"after": 20230314}, "after"),
        ({"after": "2024-01-02", "before": "2024-01-01"}, "after is 2024-01-02, later than before"),
    ],
)
def test_what_is_no_filter_is_refused_by_name(small: Desk, given: dict[str, Any], named: str) -> None:
    with pytest.raises(askdesk.InvalidFilter, match=named) as raised:
        small.ask("Who led the repairs of the stone bridge?", **given)
    assert "\n" not in str(raised.value)


def test_names_that_are_none_are_refused(small: Desk) -> None:
    with pytest.raises(askdesk.InvalidFilter, match="id_or_path is None"):
        small.document(None)  # type: ignore[arg-type]
    with pytest.raises(askdesk.InvalidFilter, match="id_or_path is 5"):
        small.remove(5)  # type: ignore[arg-type]
    for paths in (None, [None], b"docs"):
        with pytest.raises(askdesk.MissingPath, match="paths"):
            small.index(paths)  # type: ignore[arg-type]


def test_history_and_sources_may_be_any_iterable(small: Desk) -> None:
    first = "Who led the repairs of the stone bridge?"
    asked = small.ask("And how long?", history=(one for one in [first]))
    assert asked == small.ask("And how long?", history=[first])
    assert first in asked.standalone_question
    sources = [info.source for info in small.documents()]
    assert small.ask(first, sources=iter(sources)) == small.ask(first, sources=sources)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(small_store.build(tmp_path_factory.mktemp("public"))) as desk:
        yield desk
