"""The ``askdesk`` command. Each command opens a desk, does one thing, and shows the result."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from askdesk.commands import DEFAULT_STORE as DEFAULT_FOLDER
from askdesk.commands import STORE_VARIABLE, command
from askdesk.errors import AskdeskError, InvalidFilter, InvalidQuestion, UnknownDocument

if TYPE_CHECKING:
    from askdesk.desk import Desk

DECLINED, LOST, FILES_FAILED = 3, 4, 5
ERROR, USAGE, INTERRUPTED = 1, 2, 130
EACH_SAYS = "each problem says what to do"


def _examples(*commands: str) -> str:
    # A blank line is what Typer's help keeps as a line end.
    return "\n\n".join(["Examples:", *(f"  askdesk {command}" for command in commands)])


app = typer.Typer(
    name="askdesk",
    help="Ask your own documents and get their own words back: verbatim quotes, each with its place.",
    epilog=_examples("index reports", 'ask "Who confirmed the deployment?"', "serve"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Store = Annotated[Path, typer.Option("--store", envvar=STORE_VARIABLE, help="The folder of the store.")]
Model = Annotated[
    str | None,
    typer.Option("--model", help="A sentence-transformers model, by name or folder. [default: the store's]"),
]
Chroma = Annotated[
    str | None,
    typer.Option("--chroma", help="The address of a Chroma server, as HOST:PORT or http://HOST:PORT."),
]
NoReader = Annotated[
    bool, typer.Option("--no-reader", help="Choose quotes without the trained reader: simpler, and less often right.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many.")]
Source = Annotated[
    list[str] | None,
    typer.Option("--source", "-s", help="Only this file or folder, or document id; repeatable."),
]
Publisher = Annotated[str | None, typer.Option("--publisher", help="Only documents of this publisher.")]
After = Annotated[str | None, typer.Option("--after", help="Only documents published on this day or later.")]
Before = Annotated[str | None, typer.Option("--before", help="Only documents published on this day or earlier.")]
Words = Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question, in quotation marks or not.")]
DEFAULT_STORE = Path(DEFAULT_FOLDER)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; whatever goes wrong is one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        _make_safe(stream)
    try:
        code = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has gone, as with `| head`. Python would complain once more at its exit.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        return ERROR
    return code


def _run(argv: Sequence[str] | None) -> int:
    try:
        app(args=None if argv is None else list(argv), prog_name="askdesk")
    except SystemExit as end:
        # Typer turns Ctrl-C into this code.
        if end.code == INTERRUPTED:
            _complain("interrupted")
        return end.code if isinstance(end.code, int) else 0
    except BrokenPipeError:
        raise
    except (InvalidQuestion, InvalidFilter) as error:
        _complain(str(error))
        return USAGE
    except AskdeskError as error:
        _complain(str(error))
        return ERROR
    except Exception as error:
        if os.environ.get("ASKDESK_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        _complain(f"{what} (this is a bug in askdesk; ASKDESK_DEBUG=1 shows where)")
        return ERROR
    return 0


def _make_safe(stream: TextIO) -> None:
    """UTF-8 whatever the locale or console says, and on a pipe the line ends as they are."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline=None if stream.isatty() else "")


def _complain(message: str) -> None:
    from askdesk.printing import print_error

    print_error(message)


def _open(store: Path, model: str | None = None, chroma: str | None = None, *, reader: bool = True) -> Desk:
    from askdesk.desk import Desk

    return Desk(store, model=model, chroma=chroma, reader=reader)


def _print_json(value: object) -> None:
    from askdesk.jsonform import dumps

    sys.stdout.write(dumps(value) + "\n")


def _filters(
    source: Sequence[str] | None,
    publisher: str | None,
    after: str | None,
    before: str | None,
    as_of: str | None = None,
    said_by: str | None = None,
) -> str:
    """The filters given, as words to put behind what was done with them; nothing where none was."""
    given = [("--source", name) for name in source or ()]
    given += [
        (option, value)
        for option, value in (
            ("--publisher", publisher),
            ("--after", after),
            ("--before", before),
            ("--as-of", as_of),
            ("--said-by", said_by),
        )
        if value is not None
    ]
    return " with " + " ".join(f"{option} {value}" for option, value in given) if given else ""


def _sources(desk: Desk, ids: Sequence[str]) -> dict[str, str]:
    return {document.id: document.source for document in desk.documents()} if ids else {}


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            sys.stdout.write(f"askdesk {version('askdesk')}\n")
        except PackageNotFoundError:
            sys.stdout.write("askdesk, run from its source without being installed\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command(epilog=_examples("index reports", "index a.pdf b.html --store mystore"))
def index(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, or folders with all that is in them.")],
    store: Store = DEFAULT_STORE,
    model: Model = None,
    chroma: Chroma = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", help="A tiktoken encoding to count passages in; an official one is fetched."),
    ] = None,
    allow_download: Annotated[
        bool, typer.Option("--allow-download", help="Let the model named by --model be fetched if it is not here.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Reads documents into the store, or brings them up to date: unchanged files cost nothing.

    Exits with 5 if some files could not be read; the others are indexed all the same.
    """
    from askdesk import printing
    from askdesk.desk import Desk

    made = Desk(store, model=model, chroma=chroma, encoding=encoding, allow_download=allow_download)
    with made as desk, printing.progress_on(sys.stderr) as progress:
        report = desk.index(paths, progress=progress)
    if as_json:
        _print_json(report)
    else:
        printing.print_index_report(printing.console(sys.stdout), report)
        if not (report.added or report.changed or report.removed or report.unchanged or report.failed):
            _complain(f"no documents found under {', '.join(map(str, paths))}")
    if report.failed:
        raise typer.Exit(FILES_FAILED)


@app.command(
    epilog=_examples(
        'ask "Who confirmed the deployment?"',
        'ask "And how many were sent?" --history "Who confirmed the deployment?"',
        'ask "What did the tanks cost?" --after 2024-10-28 --source reports --json',
        'ask "How many soldiers were sent?" --as-of 2024-10-20 --said-by "the defence minister"',
    )
)
def ask(
    words: Words,
    store: Store = DEFAULT_STORE,
    limit: Limit = 5,
    source: Source = None,
    publisher: Publisher = None,
    after: After = None,
    before: Before = None,
    history: Annotated[
        list[str] | None,
        typer.Option("--history", help="A question asked before, the oldest first; repeatable."),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence",
            min=0.0,
            max=1.0,
            help="Answer from this confidence on: lower answers more and errs more. [default: the answerer's]",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Answer as if nothing had been published after this day."),
    ] = None,
    said_by: Annotated[
        str | None, typer.Option("--said-by", help="Quote only what this person or institution says.")
    ] = None,
    model: Model = None,
    chroma: Chroma = None,
    no_reader: NoReader = False,
    as_json: Json = False,
) -> None:
    """Answers a question with quotes from the documents, or says that they do not answer it (exit code 3)."""
    with _open(store, model, chroma, reader=not no_reader) as desk:
        answer = desk.ask(
            " ".join(words),
            history=tuple(history or ()),
            limit=limit,
            sources=source,
            publisher=publisher,
            after=after,
            before=before,
            min_confidence=min_confidence,
            as_of=as_of,
            said_by=said_by,
        )
        if as_json:
            _print_json(answer)
        else:
            from askdesk import printing

            found = answer.citations or answer.hits
            carriers = [also for one in found for also in one.also_in]
            out = printing.console(sys.stdout)
            printing.print_answer(out, answer, _sources(desk, carriers))
            if not answer.found and (used := _filters(source, publisher, after, before, as_of, said_by)):
                out.print(f"Searched{printing.one_line(used)}", style="dim")
    if not answer.found:
        raise typer.Exit(DECLINED)


@app.command(epilog=_examples('search "tanks from Germany" --limit 3 --source reports/2024'))
def search(
    words: Words,
    store: Store = DEFAULT_STORE,
    limit: Limit = 10,
    source: Source = None,
    publisher: Publisher = None,
    after: After = None,
    before: Before = None,
    model: Model = None,
    chroma: Chroma = None,
    as_json: Json = False,
) -> None:
    """Lists the passages nearest to a question, best first (exit code 3 if there is none)."""
    question = " ".join(words)
    with _open(store, model, chroma) as desk:
        hits = desk.search(question, limit=limit, sources=source, publisher=publisher, after=after, before=before)
        if as_json:
            _print_json({"question": question, "hits": hits})
        else:
            from askdesk import printing

            carriers = [also for hit in hits for also in hit.also_in]
            printing.print_hits(printing.console(sys.stdout), hits, _sources(desk, carriers))
    if not hits:
        if not as_json:
            _complain(f"nothing found{_filters(source, publisher, after, before)}")
        raise typer.Exit(DECLINED)


@app.command(epilog=_examples("show reports/a.txt", "show reports/a.txt:120-260"))
def show(
    place: Annotated[str, typer.Argument(metavar="SOURCE[:START-END]", help="A document, or a stretch of its text.")],
    store: Store = DEFAULT_STORE,
    as_json: Json = False,
) -> None:
    """Prints the text of a document, exactly as it was read; START-END are character offsets into it."""
    with _open(store) as desk:
        source, span = place, None
        try:
            document = desk.document(place)
        except UnknownDocument:
            match = re.fullmatch(r"(.+):(\d+)-(\d+)", place, re.DOTALL)
            if match is None:
                raise
            source, span = match[1], (int(match[2]), int(match[3]))
            document = desk.document(source)
    if span is None:
        text = document.text
        shown: object = document
    else:
        start, end = span
        if not start <= end <= len(document.text):
            raise InvalidFilter(f"{source}: has no stretch {start}-{end}; its text has {len(document.text)} characters")
        text = document.text[start:end]
        shown = {"id": document.id, "source": document.source, "start": start, "end": end, "text": text}
    if as_json:
        _print_json(shown)
    elif sys.stdout.isatty():
        from askdesk.visible import visible

        sys.stdout.write(visible(text) + "\n")
    else:
        sys.stdout.write(text)


@app.command()
def sources(store: Store = DEFAULT_STORE, as_json: Json = False) -> None:
    """Lists the documents in the store, and which of them are near-copies (exit code 3 if there are none)."""
    with _open(store) as desk:
        documents, copies = desk.documents(), desk.copies()
    if as_json:
        _print_json({"documents": documents, "copies": [[one.id for one in group] for group in copies]})
    elif documents:
        from askdesk import printing

        out = printing.console(sys.stdout)
        printing.print_sources(out, documents)
        printing.print_copies(out, copies)
    if not documents:
        if not as_json:
            _complain(f"{store}: the store is empty; add documents with: {command(store, 'index', 'PATH')}")
        raise typer.Exit(DECLINED)


@app.command(epilog=_examples("remove reports/a.txt"))
def remove(
    documents: Annotated[list[str], typer.Argument(metavar="SOURCE", help="Sources, paths, ids, or folders.")],
    store: Store = DEFAULT_STORE,
    chroma: Chroma = None,
    as_json: Json = False,
) -> None:
    """Takes documents out of the store; the files stay where they are.

    If one of them is not in the store, none is taken out.
    """
    with _open(store, chroma=chroma) as desk:
        removed = desk.remove(documents)
    if as_json:
        _print_json({"removed": removed})
    else:
        from askdesk import printing

        for source in removed:
            sys.stdout.write(f"Removed {printing.one_line(source)}\n")


@app.command()
def verify(store: Store = DEFAULT_STORE, chroma: Chroma = None, as_json: Json = False) -> None:
    """Compares the ledger, the two indexes and the files, and says what is wrong (exit code 1)."""
    with _open(store, chroma=chroma) as desk:
        report = desk.verify()
    if as_json:
        _print_json(report)
    else:
        from askdesk import printing

        printing.print_verify_report(printing.console(sys.stdout), report)
    if not report.ok:
        mend = command(store, "repair", chroma=chroma)
        todo = f"this rebuilds the indexes: {mend}" if any(mend in line for line in report.problems) else EACH_SAYS
        _complain(f"{store}: {len(report.problems)} found wrong; {todo}")
        raise typer.Exit(ERROR)


@app.command()
def repair(store: Store = DEFAULT_STORE, chroma: Chroma = None, as_json: Json = False) -> None:
    """Rebuilds the two indexes from the ledger, without embedding again, and checks them."""
    from askdesk import printing

    with _open(store, chroma=chroma) as desk:
        with printing.progress_on(sys.stderr) as progress:
            desk.repair(progress)
        report = desk.verify()
    if as_json:
        _print_json(report)
    else:
        printing.print_verify_report(printing.console(sys.stdout), report)
    if not report.ok:
        _complain(f"{store}: {len(report.problems)} still wrong; {EACH_SAYS}")
        raise typer.Exit(ERROR)


@app.command(
    name="eval",
    epilog=_examples(
        "eval questions.jsonl",
        "eval questions.jsonl --json > old.json",
        "eval questions.jsonl --against old.json",
    ),
)
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Fixed questions, one JSON object a line.")],
    store: Store = DEFAULT_STORE,
    against: Annotated[
        Path | None, typer.Option("--against", help="An earlier result (--json) to compare with.")
    ] = None,
    model: Model = None,
    chroma: Chroma = None,
    no_reader: NoReader = False,
    as_json: Json = False,
) -> None:
    """Asks the store fixed questions and scores the answers.

    Exits with 1 if a quote does not stand in its file, and with 4 if fewer questions are right than
    --against.
    """
    from askdesk import evaluation, printing

    questions = evaluation.load(file)
    earlier = None if against is None else evaluation.load_outcomes(against)
    with _open(store, model, chroma, reader=not no_reader) as desk, printing.progress_on(sys.stderr) as progress:
        result = evaluation.evaluate(desk, questions, file, progress)
    change = None if earlier is None else evaluation.compare(earlier, result)
    if as_json:
        from askdesk.jsonform import to_json

        _print_json(to_json(result) | ({} if change is None else {"against": to_json(change)}))
    else:
        out = printing.console(sys.stdout)
        printing.print_evaluation(out, result)
        if change is not None:
            printing.print_comparison(out, change)
    anew = command(store, "index", "PATH", chroma=chroma)
    if bad := result.verbatim.of - result.verbatim.count:
        _complain(f"{bad} of {result.verbatim.of} quotes do not stand in their files; run: {anew}")
        raise typer.Exit(ERROR)
    if change is not None and change.lost:
        _complain(f"{change.new_right} right, {change.old_right} before")
        raise typer.Exit(LOST)


@app.command(epilog=_examples("serve", "serve --port 8000", "serve --host 0.0.0.0 --auth users --allow-host desk.lan"))
def serve(
    store: Store = DEFAULT_STORE,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; one that others reach needs --auth.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 7860,
    auth: Annotated[
        Path | None,
        typer.Option("--auth", metavar="FILE", help="Ask for a name and password, those of the users in this file."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name that the chat is called by; repeatable."),
    ] = None,
    model: Model = None,
    chroma: Chroma = None,
    no_reader: NoReader = False,
) -> None:
    """Opens the chat in a browser on this machine, until Ctrl-C."""
    from askdesk.web.guard import is_loopback
    from askdesk.web.port import free_port
    from askdesk.web.users import Users

    if auth is None and not is_loopback(host):
        raise AskdeskError(
            f"whoever reaches {host} could read the documents: make a user with 'askdesk adduser NAME --auth FILE' "
            f"and add --auth FILE, or stay with --host 127.0.0.1"
        )
    users = None if auth is None else Users(auth)
    # What a service manager sends to end a process ends it as Ctrl-C does, and leaves nothing behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    port = free_port(host, port)
    print("Starting the chat …", file=sys.stderr, flush=True)
    from askdesk.web.page import serve as serve_page

    with _open(store, model, chroma, reader=not no_reader) as desk:
        serve_page(desk, store, host, port, tuple(allow_host or ()), users)


@app.command(epilog=_examples("adduser mira --auth users"))
def adduser(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in by.")],
    auth: Annotated[Path, typer.Option("--auth", metavar="FILE", help="The file of users, made if it is missing.")],
) -> None:
    """Adds a user to the file that `serve --auth` takes, or gives one a new password, which is asked for.

    Where the standard input is no terminal, its first line is the password.
    """
    from askdesk.web.users import add_user

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    added = add_user(auth, name, password)
    sys.stdout.write(f"{'Added' if added else 'Changed the password of'} {name} in {auth}\n")
