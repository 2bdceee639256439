"""`reportedly read`: opens the inputs, shows progress, writes the readings, links, and says what was done."""

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from reportedly.cli.output import Format, chosen, console, print_jsonl
from reportedly.errors import UnreadableInput, UsageError
from reportedly.intake import FORMATS, open_articles
from reportedly.jobs import Summary, read_into
from reportedly.ledger import Ledger
from reportedly.records import Reading
from reportedly.settings import load_settings

_INTERRUPTED = 130


def read_command(
    *,
    inputs: list[str],
    ledger: str | None,
    jsonl: str | None,
    rejects: Path | None,
    published: dt.date | None,
    publisher: str | None,
    form: str | None,
    jobs: int | None,
    quiet: bool,
) -> int:
    """Reads and returns the exit code; `ledger` None keeps nothing, "" is the ledger of the settings."""
    settings = load_settings(ledger=ledger or None, jobs=jobs)
    output = Format(form) if form in set(Format) and form not in FORMATS else None
    if form is not None and form not in FORMATS and output is None:
        raise UsageError(f"--format {form!r}: one of {', '.join(FORMATS)} for the input, or table, csv for the output")
    articles = open_articles(
        inputs,
        format=form if form in FORMATS else None,
        published=published,
        publisher=publisher,
        max_bytes=settings.max_bytes,
        retrieved=dt.datetime.now(dt.UTC),
    )
    with contextlib.ExitStack() as stack:
        book = (
            stack.enter_context(Ledger(settings.ledger, create=True, settings=settings)) if ledger is not None else None
        )
        write = stack.enter_context(_readings_file(jsonl))
        advance = stack.enter_context(_progress(quiet))
        summary = Summary()
        try:
            summary = read_into(articles, settings, book, write, advance)
            if book is not None and summary.read:
                book.link_new()
            events = len(book.events()) if book is not None else None
        except KeyboardInterrupt:
            console(stderr=True).print("interrupted: what was read is in the ledger; run the same command to go on")
            return _INTERRUPTED
    _report(summary, events, rejects, quiet, chosen(output), to_stdout=jsonl != "-")
    return summary.exit_code


@contextlib.contextmanager
def _readings_file(path: str | None) -> Iterator[Callable[[Reading], None] | None]:
    if path is None:
        yield None
        return
    if path == "-":
        yield lambda reading: print_jsonl([reading.to_dict()])
        return
    try:
        handle = open(path, "w", encoding="utf-8", errors="replace")  # noqa: SIM115  closed below
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    with handle:

        def write(reading: Reading) -> None:
            handle.write(json.dumps(reading.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n")

        yield write


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Summary], None] | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("loading the English model")

        def advance(summary: Summary) -> None:
            rejected = f", {len(summary.rejects)} rejected" if summary.rejects else ""
            progress.update(task, description=f"{summary.read} articles read{rejected}")

        yield advance


def _report(
    summary: Summary, events: int | None, rejects: Path | None, quiet: bool, form: Format, *, to_stdout: bool
) -> None:
    for item in summary.rejects:
        console(stderr=True).print(f"not read: {item}")
    if rejects is not None:
        lines = [json.dumps(_reject(item), ensure_ascii=False) + "\n" for item in summary.rejects]
        rejects.write_text("".join(lines), encoding="utf-8")
    if quiet:
        return
    facts = {
        "read": summary.read,
        "unchanged": summary.unchanged,
        "rejected": len(summary.rejects),
        "statements": summary.statements,
        "reports": summary.reports,
        "events": events,
    }
    if form is Format.jsonl and to_stdout:
        print_jsonl([facts])
        return
    words = [f"{summary.read} articles read", f"{summary.statements} statements", f"{summary.reports} reports"]
    if summary.unchanged:
        words.insert(1, f"{summary.unchanged} unchanged")
    if summary.rejects:
        words.append(f"{len(summary.rejects)} inputs not read")
    if events is not None:
        words.append(f"{events} events in the ledger")
    console(stderr=not to_stdout).print(", ".join(words))


def _reject(item: UnreadableInput) -> dict[str, str]:
    return {"where": item.where, "reason": item.reason, "detail": item.detail}
