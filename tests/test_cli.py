"""The command line over a real store, run in this process, or in its own where that is what is tested."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import small_store
from askdesk import printing
from askdesk.cli import main
from askdesk.desk import Desk
from askdesk.jsonform import dumps, to_json
from askdesk.types import Answer, Citation, DocumentInfo, Passage, Progress
from askdesk.visible import flowing, visible

Run = Callable[..., tuple[int, str, str]]
SOURCE = Path(__file__).parent.parent / "src"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store.build(tmp_path_factory.mktemp("cli"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("ASKDESK_STORE", raising=False)
    monkeypatch.delenv("ASKDESK_DEBUG", raising=False)

    def command(*argv: object) -> tuple[int, str, str]:
        code = main([str(word) for word in argv])
        output = capsys.readouterr()
        return code, output.out, output.err

    return command


def environment() -> dict[str, str]:
    path = os.pathsep.join((str(SOURCE), os.environ.get("PYTHONPATH", "")))
    return os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "ascii", "PYTHONUNBUFFERED": ""}


def process(*argv: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, argv)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment(), cwd=cwd)


def only_line(text: str) -> str:
    (line,) = text.splitlines()
    return line


# -- answers


def test_ask_shows_the_quote_and_its_place(run: Run, store: Path) -> None:
    code, out, err = run("ask", small_store.QUESTION, "--store", store)
    assert code == 0
    assert "42,000 books" in out
    assert "library.txt, line 3" in out
    assert "The town library of Tarn" in out
    assert err == ""


def test_the_words_of_a_question_need_no_quotation_marks(run: Run, store: Path) -> None:
    joined = run("ask", small_store.QUESTION, "--store", store, "--json")
    assert run("ask", *small_store.QUESTION.split(), "--store", store, "--json") == joined


def test_ask_as_json_is_the_answer_and_nothing_else(run: Run, store: Path) -> None:
    code, out, err = run("ask", small_store.QUESTION, "--store", store, "--json")
    with Desk(store) as desk:
        answer = desk.ask(small_store.QUESTION)
    assert code == 0
    assert json.loads(out) == to_json(answer)
    assert out == dumps(answer) + "\n"
    assert err == ""


def test_a_declined_answer_exits_with_3_and_says_why(run: Run, store: Path) -> None:
    code, out, _ = run("ask", small_store.ELSEWHERE, "--store", store)
    assert code == 3
    with Desk(store) as desk:
        reason = desk.ask(small_store.ELSEWHERE).reason
    assert reason is not None
    assert reason in out
    assert "do not answer the question" in out
    code, out, _ = run("ask", small_store.ELSEWHERE, "--store", store, "--json")
    assert code == 3
    assert json.loads(out)["found"] is False


def test_filters_reach_the_search(run: Run, store: Path) -> None:
    code, out, _ = run("search", "library", "--store", store, "--source", "bridge.txt", "--json")
    if code == 1:  # the source as first given is the whole path
        source = next(d["source"] for d in documents(run, store) if d["source"].endswith("bridge.txt"))
        code, out, _ = run("search", "library", "--store", store, "--source", source, "--json")
    assert {hit["source"].rsplit("/", 1)[1] for hit in json.loads(out)["hits"]} <= {"bridge.txt"}
    code, out, _ = run("search", "library", "--store", store, "--after", "1990-01-01", "--limit", "3", "--json")
    dates = [hit["published"] for hit in json.loads(out)["hits"]]
    assert all(date is not None for date in dates)


def documents(run: Run, store: Path) -> list[dict[str, object]]:
    return json.loads(run("sources", "--store", store, "--json")[1])["documents"]


def test_search_lists_passages_with_their_ranks(run: Run, store: Path) -> None:
    code, out, _ = run("search", "bittern reed beds", "--store", store, "--limit", 2)
    assert code == 0
    assert "1. " in out
    assert "keywords 1" in out
    _, out, _ = run("search", "bittern reed beds", "--store", store, "--limit", 2, "--json")
    hits = json.loads(out)["hits"]
    assert len(hits) == 2
    assert hits[0]["source"].endswith("birds.txt")


def test_document_text_cannot_steer_the_terminal(run: Run, store: Path) -> None:
    question = "How many cats does the lighthouse keeper of Vell feed?"
    for command in ("ask", "search"):
        _, out, err = run(command, question, "--store", store)
        assert "seventeen" in out
        assert "\x1b" not in out + err


def test_markup_in_a_title_is_text() -> None:
    info = DocumentInfo("d", "[red]a.txt[/red]", "[bold]T[/bold]", "[/]", None, None, None, "", 1)
    out = io.StringIO()
    printing.print_sources(printing.console(out), [info])
    assert "[red]a.txt[/red]" in out.getvalue()
    assert "[bold]T[/bold]" in out.getvalue()


def test_half_a_character_in_a_question_is_no_obstacle(run: Run, store: Path) -> None:
    code, out, err = run("search", "library \udc80", "--store", store, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["question"] == "library \udc80"


def test_visible_shows_what_would_steer() -> None:
    assert visible("a\x1b[31mb\x00\x9b\u202ec\r\nd\re\tf") == "a␛[31mb␀⟨U+009B⟩⟨U+202E⟩c\nd\ne\tf"
    assert visible("שלום\u200f, naïve 北京") == "שלום\u200f, naïve 北京"


def test_a_line_end_inside_a_paragraph_is_shown_as_a_space() -> None:
    text = "one\ntwo \r\n three\n\nfour\nfive"
    assert flowing(text, 0, len(text)) == "one two three\n\nfour five"
    assert flowing(text, 2, 5) == "e t"
    quote = "It holds\n42,000\nbooks.\n\nMore."
    citation = Citation(quote, 9, 9 + len(quote), ((18, 24),), "d", "a.txt", "T", None, None, None, 1, None, 0.5)
    out = io.StringIO()
    printing.print_answer(printing.console(out), Answer("q", "q", True, 0.9, (citation,), (), None), {})
    assert out.getvalue().splitlines()[0] == "1. “It holds 42,000 books."


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def quote_on(stream: io.StringIO) -> str:
    text = "It holds [bold]42,000[/bold] books."
    citation = Citation(
        text, 0, len(text), ((15, 21),), "d", "a.txt", "T", None, dt.date(2024, 1, 2), 3, 7, None, 0.5, ("e",)
    )
    answer = Answer("q", "q", True, 0.9, (citation,), (), None)
    printing.print_answer(printing.console(stream), answer, {"e": "b.txt"})
    return stream.getvalue()


def test_the_short_answer_is_marked_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    plain = quote_on(io.StringIO())
    assert plain == (
        "1. “It holds [bold]42,000[/bold] books.”\n   T\n   2024-01-02 · a.txt, p. 3, line 7\n   also in b.txt\n"
    )
    assert "\x1b[1;4;32m42,000\x1b[0m" in quote_on(Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;4m42,000\x1b[0m" in quote_on(Terminal())


# -- the store


def test_index_reports_and_repeats_for_nothing(run: Run, tmp_path: Path) -> None:
    folder, store = small_store.write_documents(tmp_path), tmp_path / "store"
    (folder / "picture.xyz").write_bytes(b"?")
    code, out, err = run("index", folder, "--store", store)
    assert code == 0
    assert out.splitlines()[1].split() == ["4", "0", "0", "0", "1", "0"]
    assert "picture.xyz" in out
    assert "read" in err
    code, out, _ = run("index", folder, "--store", store, "--json")
    assert code == 0
    report = json.loads(out)
    assert len(report["unchanged"]) == 4
    assert report["added"] == []


def test_index_exits_with_5_if_a_file_failed(run: Run, tmp_path: Path) -> None:
    folder, store = small_store.write_documents(tmp_path), tmp_path / "store"
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    code, out, _ = run("index", folder, "--store", store)
    assert code == 5
    assert "Failed" in out
    assert out.count("broken.pdf") == 1
    assert run("ask", small_store.QUESTION, "--store", store)[0] == 0


def test_show_prints_exactly_the_text(run: Run, store: Path) -> None:
    source = next(str(d["source"]) for d in documents(run, store) if str(d["source"]).endswith("notice.txt"))
    assert run("show", source, "--store", store) == (0, small_store.STEERING, "")
    assert run("show", f"{source}:3-9", "--store", store) == (0, small_store.STEERING[3:9], "")
    whole = json.loads(run("show", source, "--store", store, "--json")[1])
    assert whole["text"] == small_store.STEERING
    part = json.loads(run("show", f"{source}:3-9", "--store", store, "--json")[1])
    assert (part["start"], part["end"], part["text"]) == (3, 9, small_store.STEERING[3:9])
    for stretch in ("9-3", "0-99999"):
        code, out, err = run("show", f"{source}:{stretch}", "--store", store)
        assert (code, out) == (2, "")
        assert stretch in only_line(err)


def test_sources_remove_verify_and_repair(run: Run, tmp_path: Path) -> None:
    store = small_store.build(tmp_path)
    code, out, _ = run("sources", "--store", store)
    assert code == 0
    assert "4 documents" in out
    source = str(documents(run, store)[0]["source"])
    code, out, _ = run("remove", source, "--store", store)
    assert (code, out) == (0, f"Removed {source}\n")
    assert source not in {d["source"] for d in documents(run, store)}
    code, out, err = run("verify", "--store", store)
    assert (code, err) == (0, "")
    assert "3 documents" in out
    code, out, _ = run("repair", "--store", store, "--json")
    assert code == 0
    assert json.loads(out)["problems"] == []
    (tmp_path / "docs" / Path(str(documents(run, store)[0]["source"])).name).write_text("changed", encoding="utf-8")
    code, out, err = run("verify", "--store", store)
    assert code == 1
    assert "Problem" in out
    assert "found wrong" in only_line(err)


# -- what goes wrong


@pytest.mark.parametrize(
    "argv", [("ask", "Who?"), ("search", "who"), ("sources",), ("show", "a.txt"), ("remove", "a.txt"), ("verify",)]
)
def test_a_missing_store_is_one_line_and_creates_nothing(run: Run, tmp_path: Path, argv: tuple[str, ...]) -> None:
    code, out, err = run(*argv, "--store", tmp_path / "none")
    assert (code, out) == (1, "")
    assert "none" in only_line(err)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "argv",
    [
        ("ask", " "),
        ("ask",),
        ("ask", "Who?", "--limit", "0"),
        ("ask", "Who?", "--after", "yesterday"),
        ("nonsense",),
        ("ask", "Who?", "--nonsense"),
    ],
)
def test_wrong_usage_exits_with_2(run: Run, store: Path, argv: tuple[str, ...]) -> None:
    code, out, err = run(*argv, "--store", store) if argv[0] == "ask" else run(*argv)
    assert (code, out) == (2, "")
    assert err.strip()


def test_an_unknown_document_is_one_line(run: Run, store: Path) -> None:
    code, out, err = run("show", "nowhere\x1b[31m.txt", "--store", store, "--json")
    assert (code, out) == (1, "")
    assert "nowhere" in only_line(err)
    assert "\x1b" not in err


def test_a_bug_is_one_line_and_a_traceback_only_on_demand(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("of\nall things")

    monkeypatch.setattr(Desk, "ask", broken)
    code, out, err = run("ask", "Who?", "--store", store)
    assert (code, out) == (1, "")
    assert "bug" in only_line(err)
    monkeypatch.setenv("ASKDESK_DEBUG", "1")
    with pytest.raises(KeyError):
        main(["ask", "Who?", "--store", str(store)])


def test_ctrl_c_is_one_line(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Desk, "ask", interrupted)
    assert run("ask", "Who?", "--store", store) == (130, "", "askdesk: interrupted\n")


def test_a_busy_port_is_one_line(run: Run, store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        code, out, err = run("serve", "--port", port, "--store", store)
    assert (code, out) == (1, "")
    assert str(port) in only_line(err)


def test_hints_act_on_the_store_that_was_meant(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert only_line(run("ask", "x", "--store", "none")[2]).endswith("askdesk index PATH --store none")
    assert only_line(run("ask", "x")[2]).endswith("askdesk index PATH")
    assert only_line(run("ask", "x", "--store", "my store")[2]).endswith('askdesk index PATH --store "my store"')
    monkeypatch.setenv("ASKDESK_STORE", "other")
    assert only_line(run("ask", "x", "--store", "vectorstore")[2]).endswith("askdesk index PATH --store vectorstore")


def test_remove_takes_out_all_that_is_named_or_nothing(run: Run, tmp_path: Path) -> None:
    store = small_store.build(tmp_path)
    first, second = (str(document["source"]) for document in documents(run, store)[:2])
    code, out, err = run("remove", first, "nope.txt", "--store", store)
    assert (code, out) == (1, "")
    assert only_line(err).endswith(f"askdesk sources --store {store}")
    assert len(documents(run, store)) == 4
    assert run("remove", first, second, first, "--store", store) == (0, f"Removed {first}\nRemoved {second}\n", "")
    assert len(documents(run, store)) == 2


def test_verify_advises_what_helps(run: Run, tmp_path: Path) -> None:
    store = small_store.build(tmp_path)
    (tmp_path / "docs" / "bridge.txt").unlink()
    code, out, err = run("verify", "--store", store)
    assert code == 1
    assert "askdesk repair" not in out + err
    assert f"--store {store}" in out
    shutil.rmtree(next((store / "caches").iterdir()) / "chroma")
    assert f"askdesk repair --store {store}" in only_line(run("verify", "--store", store)[2])
    (store / "ledger.sqlite3").write_bytes(b"no database at all" * 500)
    code, out, err = run("verify", "--store", store)
    assert code == 1
    assert "askdesk repair" not in out + err


def test_sources_and_show_need_no_caches(run: Run, tmp_path: Path) -> None:
    store = small_store.build(tmp_path)
    listed = run("sources", "--store", store)
    source = next(str(d["source"]) for d in documents(run, store) if str(d["source"]).endswith("notice.txt"))
    shutil.rmtree(store / "caches")
    assert run("sources", "--store", store) == listed
    assert run("show", source, "--store", store) == (0, small_store.STEERING, "")
    assert f"askdesk repair --store {store}" in only_line(run("ask", "Who?", "--store", store)[2])


def test_filters_that_leave_nothing_are_named(run: Run, store: Path) -> None:
    code, out, err = run("search", "who", "--store", store, "--publisher", "Nobody", "--after", "2020-01-01")
    assert (code, out) == (3, "")
    assert only_line(err).endswith("nothing found with --publisher Nobody --after 2020-01-01")
    code, out, _ = run("ask", "Who?", "--store", store, "--publisher", "Nobody")
    assert code == 3
    assert "Searched with --publisher Nobody" in out


def test_a_folder_without_documents_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run("index", tmp_path / "empty", "--store", tmp_path / "store")
    assert code == 0
    assert err.splitlines()[-1].endswith(f"no documents found under {tmp_path / 'empty'}")


def test_version_is_printed(run: Run) -> None:
    code, out, err = run("--version")
    assert (code, err) == (0, "")
    assert out.startswith("askdesk")


# -- whole processes


def test_help_lists_every_command_with_examples(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for command in ("index", "ask", "search", "show", "sources", "remove", "verify", "repair", "eval", "serve"):
        assert f" {command} " in out
        if command not in ("sources", "verify", "repair"):
            assert f"askdesk {command}" in run(command, "--help")[1]


def test_asking_imports_nothing_heavy(store: Path) -> None:
    code = (
        "import sys\nfrom askdesk.cli import main\n"
        f"code = main(['ask', {small_store.QUESTION!r}, '--store', {str(store)!r}, '--json'])\n"
        "heavy = {'gradio', 'torch', 'sentence_transformers', 'pandas', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'{code} {heavy}' if code or heavy else 0)"
    )
    done = process("-c", code)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["found"] is True


def test_output_is_utf_8_whatever_the_locale(store: Path, tmp_path: Path) -> None:
    done = process("-m", "askdesk", "ask", small_store.QUESTION, "--store", store, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "“" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows do not break this way")
@pytest.mark.parametrize("command", ["sources", "show"])
def test_a_reader_that_leaves_early_is_no_error(run: Run, store: Path, command: str) -> None:
    sources = [str(document["source"]) for document in documents(run, store)]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "askdesk", command, *(sources[:1] if command == "show" else ()), "--store", store],
        stdout=write,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


# -- small parts


def test_json_has_a_form_for_every_value_and_no_other() -> None:
    passage = Passage("p", "d", 0, 1, "ä", "")
    assert to_json({"day": dt.date(2024, 2, 1), "all": (passage, None, 1.5, True)}) == {
        "day": "2024-02-01",
        "all": [
            {"id": "p", "document_id": "d", "start": 0, "end": 1, "text": "ä", "heading": ""},
            None,
            1.5,
            True,
        ],
    }
    assert "ä" in dumps(passage)
    with pytest.raises(TypeError, match="set"):
        to_json({1, 2})
    with pytest.raises(ValueError, match="JSON"):
        dumps(float("nan"))


def test_progress_in_a_log_is_a_line_for_each_step_and_its_end() -> None:
    log = io.StringIO()
    with printing.progress_on(log) as progress:
        progress(Progress("read", 0, 3, "a\nb.txt"))
        progress(Progress("read", 1, 3))
        progress(Progress("read", 3, 3))
        progress(Progress("embed", 0, None))
    assert log.getvalue() == "read 0 of 3: a b.txt\nread 3 of 3\nembed …\n"
