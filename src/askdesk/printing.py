"""What the command line shows to people: every value as lines and tables, on a terminal with colour."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from askdesk.types import (
    Answer,
    Citation,
    DocumentInfo,
    Hit,
    IndexReport,
    Progress,
    ProgressCallback,
    VerifyReport,
)
from askdesk.visible import flowing, visible

if TYPE_CHECKING:
    from askdesk.evaluation import Comparison, Evaluation
    from askdesk.scores import Share

EXCERPT_CHARACTERS = 300  # of a passage: enough to see what it is about, short enough to see several
PLAIN_SECONDS = 2.0  # between two lines of progress in a log
# A pipe has no width: what is one line stays one line, so that grep and cut work on it.
_PIPE_WIDTH = 4000


def console(stream: TextIO) -> Console:
    """Returns a console that obeys no markup and folds and colours on a terminal only."""
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def print_answer(out: Console, answer: Answer, sources: Mapping[str, str]) -> None:
    """Shows the quotes of ``answer``, or why it was declined; ``sources`` gives the source of each id."""
    for number, part in enumerate(answer.parts):
        if number:
            out.print()
        out.print(Text(visible(part.question), style="bold"))
        print_answer(out, part, sources)
    if answer.parts:
        return
    _print_answer(out, answer, sources)
    for note in answer.notes:
        out.print()
        out.print(Text(f"Note: {visible(note)}", style="yellow"))


def _print_answer(out: Console, answer: Answer, sources: Mapping[str, str]) -> None:
    if answer.standalone_question != answer.question:
        out.print(Text(f"Read as: {visible(answer.standalone_question)}", style="dim"))
        out.print()
    if answer.found:
        _print_findings(out, answer)
        for number, citation in enumerate(answer.citations, 1):
            if number > 1:
                out.print()
            _show(out, _indented(_quote(citation), f"{number}. "))
            _show(out, _indented(_told(citation).append(_about(citation, citation.place, sources)), "   "))
        return
    out.print(Text(visible(answer.reason or "The documents do not say."), style="yellow"))
    if answer.hits:
        out.print()
        out.print(Text("Nearest passages, which do not answer the question:", style="dim"))
        for hit in answer.hits[:3]:
            out.print()
            _print_hit(out, hit, "- ", sources)


def _print_findings(out: Console, answer: Answer) -> None:
    """Shows what the quotes say side by side, where they say more than one thing, or how many sources say it."""
    if not answer.findings:
        return
    table = _table("Says", "Status", "Said by", ">Sources", "Published", "Quotes")
    numbers = {citation: str(number) for number, citation in enumerate(answer.citations, 1)}
    for finding in answer.findings:
        table.add_row(
            Text(one_line(finding.value), style="bold"),
            Text(finding.status, style="yellow" if finding.status in ("disputed", "changed") else ""),
            one_line("; ".join(finding.voices)),
            str(finding.sources),
            finding.published,
            ", ".join(numbers[citation] for citation in finding.citations),
        )
    _show(out, table)
    out.print()


def print_hits(out: Console, hits: Sequence[Hit], sources: Mapping[str, str]) -> None:
    """Shows passages found, best first, with the ranks that brought them there."""
    for number, hit in enumerate(hits, 1):
        if number > 1:
            out.print()
        _print_hit(out, hit, f"{number}. ", sources)
        ranks = [
            f"{name} {'unranked' if rank is None else rank}"
            for name, rank in (("keywords", hit.keyword_rank), ("vectors", hit.vector_rank))
        ]
        place = f"characters {hit.passage.start}-{hit.passage.end}"
        out.print(Text(f"   score {hit.score:.3f} ({', '.join(ranks)}), {place}", style="dim"))


def _print_hit(out: Console, hit: Hit, lead: str, sources: Mapping[str, str]) -> None:
    text = " ".join(visible(hit.passage.text).split())
    if len(text) > EXCERPT_CHARACTERS:
        text = text[:EXCERPT_CHARACTERS].rsplit(" ", 1)[0] + " …"
    _show(out, _indented(Text(text), lead))
    _show(out, _indented(_about(hit, "", sources), " " * len(lead)))


def _show(out: Console, shown: RenderableType) -> None:
    if out.is_terminal:
        out.print(shown)
        return
    # Rich fills lines with spaces up to the width of the table, which only a terminal hides.
    with out.capture() as captured:
        out.print(shown)
    out.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


def _indented(text: Text, lead: str) -> Table:
    grid = Table.grid(padding=0)
    grid.add_column(width=len(lead), no_wrap=True, vertical="top")
    grid.add_column(overflow="fold")
    grid.add_row(Text(lead, style="dim"), text)
    return grid


def _quote(citation: Citation) -> Text:
    quote, at = Text("“"), citation.start
    for start, end in citation.highlight:
        quote.append(_slice(citation, at, start)).append(_slice(citation, start, end), style="bold underline green")
        at = end
    return quote.append(_slice(citation, at, citation.end)).append("”")


def _told(citation: Citation) -> Text:
    """Who says it and what days it speaks of, a line each; empty where the quote tells neither."""
    text = Text()
    if citation.speaker and citation.speaker.name:
        text.append(f"said by {one_line(str(citation.speaker))}\n")
    if citation.when:
        text.append(f"{one_line(citation.when)}\n")
    return text


def _slice(citation: Citation, start: int, end: int) -> str:
    return visible(flowing(citation.text, start - citation.start, end - citation.start))


def _about(found: Citation | Hit, place: str, sources: Mapping[str, str]) -> Text:
    published = found.published.isoformat() if found.published else None
    where = f"{found.source}, {place}" if place else found.source
    text = Text().append(one_line(found.title), style="bold")
    text.append("\n" + one_line(" · ".join(part for part in (found.publisher, published, where) if part)), style="dim")
    if found.also_in:
        also = ", ".join(sources.get(document_id, document_id) for document_id in found.also_in)
        text.append("\n" + one_line(f"also in {also}"), style="dim")
    return text


def one_line(text: str) -> str:
    return " ".join(visible(text).splitlines())


def print_sources(out: Console, documents: Sequence[DocumentInfo]) -> None:
    """Shows the documents of a store as a table."""
    table = _table("Source", "Title", "Publisher", "Published", "Updated", ">Passages")
    for document in documents:
        table.add_row(
            *(one_line(text) for text in (document.source, document.title, document.publisher or "")),
            document.published.isoformat() if document.published else "",
            document.updated.isoformat() if document.updated else "",
            str(document.passages),
        )
    _show(out, table)
    out.print(Text(f"{len(documents)} document{'' if len(documents) == 1 else 's'}", style="dim"))


def print_copies(out: Console, groups: Sequence[Sequence[DocumentInfo]]) -> None:
    """Shows the groups of documents that are near-copies and count as one source, the earliest dated first."""
    for group in groups:
        out.print()
        out.print(Text("Near-copies, which count as one source:", style="dim"))
        for document in group:
            day = f" ({document.published.isoformat()})" if document.published else ""
            out.print(Text(one_line(f"- {document.source}{day}")))


def print_index_report(out: Console, report: IndexReport) -> None:
    """Shows what an index run did: the counts, and every file that was skipped or failed with the reason."""
    names = ("added", "changed", "removed", "unchanged", "skipped", "failed")
    table = _table(*(f">{name.capitalize()}" for name in names))
    counts = {name: len(getattr(report, name)) for name in names}
    table.add_row(
        *(Text(str(counts[name]), style="bold red" if name == "failed" and counts[name] else "") for name in names)
    )
    _show(out, table)
    for title, style, rows in (("Skipped", "yellow", report.skipped), ("Failed", "red", report.failed)):
        for source, reason in rows:
            out.print(Text.assemble((f"{title} ", style), (one_line(source), "bold"), f": {_reason(source, reason)}"))


def _reason(source: str, reason: str) -> str:
    """The reason without the file's name at its head, for a line that has said it."""
    rest = reason.removeprefix(source)
    return one_line(rest.lstrip(": ") if rest[:1] in (" ", ":") else reason)


def print_verify_report(out: Console, report: VerifyReport) -> None:
    """Shows what a check of a store found."""
    for problem in report.problems:
        out.print(Text.assemble(("Problem ", "red"), one_line(problem)))
    found = "all well" if report.ok else f"{len(report.problems)} found wrong"
    out.print(Text(f"{report.documents} documents, {report.passages} passages: {found}"))


def print_evaluation(out: Console, result: Evaluation) -> None:
    """Shows the scores of a file of fixed questions, and the questions that were answered wrong."""
    kinds = _table("Kind", ">Right", ">Of", ">Share", "95 %")
    for kind in result.kinds:
        kinds.add_row(Text(one_line(kind.kind)), *_share(kind.right))
    kinds.add_section()
    kinds.add_row(Text("all", style="bold"), *_share(result.right))
    _show(out, kinds)
    shares = _table("Measure", ">Count", ">Of", ">Share", "95 %")
    for name, share in (
        ("first quote right", result.first_right),
        ("answer in the best passage (hit@1)", result.hit_at_1),
        ("answer in the best 5 passages (hit@5)", result.hit_at_5),
        ("answerable, but declined", result.declined),
        ("unanswerable, but answered", result.answered),
        ("quotes verbatim in their files", result.verbatim),
    ):
        shares.add_row(Text(name), *_share(share))
    _show(out, shares)
    numbers = _table("Measure", ">Value")
    for name, value in (
        ("mean reciprocal rank", f"{result.mrr:.3f}"),
        (
            f"highlight F1, of {result.highlighted} first quotes with a highlight",
            f"{result.highlight_f1:.3f}",
        ),
        ("calibration error of the confidence", f"{result.calibration_error:.3f}"),
        ("quotes that overlap furniture", str(result.furniture)),
        ("latency, median", f"{result.p50_ms:.0f} ms"),
        ("latency, 95th percentile", f"{result.p95_ms:.0f} ms"),
    ):
        numbers.add_row(Text(name), value)
    _show(out, numbers)
    _print_list(
        out,
        "Wrong: ",
        (_outcome(record.question, record.found) for record in result.records if not record.right),
    )
    _print_list(out, "Not verbatim: ", (problem for record in result.records for problem in record.problems))


def _outcome(question: str, found: bool) -> str:
    return f"{question} ({'answered' if found else 'declined'})"


def print_comparison(out: Console, change: Comparison) -> None:
    """Shows question by question what got better and worse against an earlier result."""
    _print_list(out, "Better: ", change.better)
    _print_list(out, "Worse: ", change.worse)
    out.print(
        Text(
            f"Of {change.shared} questions in both: right before {change.old_right}, now {change.new_right}; "
            f"better {len(change.better)}, worse {len(change.worse)}, p = {change.p_value:.3f} (sign test)"
        )
    )
    if change.only_old or change.only_new:
        out.print(Text(f"Only in the old result: {change.only_old}; only in the new: {change.only_new}", style="dim"))


def _print_list(out: Console, lead: str, lines: Iterable[str]) -> None:
    for line in lines:
        out.print(Text.assemble((lead, "yellow"), one_line(line)))


def _share(share: Share) -> tuple[str, str, str, str]:
    if share.of == 0:
        return "0", "0", "–", ""
    return (
        str(share.count),
        str(share.of),
        f"{100 * share.share:.1f} %",
        f"{100 * share.low:.1f}–{100 * share.high:.1f}",
    )


def _table(*columns: str) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        right = column.startswith(">")
        table.add_column(column.removeprefix(">"), justify="right" if right else "left", overflow="fold")
    return table


@contextmanager
def progress_on(stream: TextIO) -> Iterator[ProgressCallback]:
    """Yields a callback that shows progress on ``stream``: a bar on a terminal, else now and then a line."""
    if not stream.isatty():
        yield _PlainProgress(stream)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[detail]}", markup=False, style="dim"),
        console=console(stream),
        transient=True,
    )
    with bar:
        task = bar.add_task("starting", total=None, detail="")

        def show(step: Progress) -> None:
            bar.update(
                task,
                description=step.step,
                completed=step.done,
                total=step.total,
                detail=one_line(step.detail)[-60:],
            )

        yield show


class _PlainProgress:
    """Writes a line when a step begins, every few seconds while it lasts, and when it is done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._step = ""
        self._shown = 0.0

    def __call__(self, step: Progress) -> None:
        now = time.monotonic()
        done = step.total is not None and step.done >= step.total
        if step.step == self._step and not done and now - self._shown < PLAIN_SECONDS:
            return
        self._step, self._shown = step.step, now
        count = f"{step.done} of {step.total}" if step.total is not None else str(step.done or "…")
        detail = f": {one_line(step.detail)}" if step.detail else ""
        print(f"{step.step} {count}{detail}", file=self._stream, flush=True)


def print_error(message: str) -> None:
    """Writes one line on stderr, whatever ``message`` holds."""
    print(f"askdesk: {one_line(message)}", file=sys.stderr)
