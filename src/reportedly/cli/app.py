"""The commands of CONTRACT. What they need is imported when they run, so that --help answers at once."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from reportedly.cli.output import Format, chosen, console, interval, print_csv, print_jsonl, print_table
from reportedly.errors import ReportedlyError, UnreadableInput, UsageError

app = typer.Typer(
    name="reportedly",
    help="Reads news reports and keeps a ledger of what was reported, who said so, and who denies it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

LedgerOption = Annotated[str | None, typer.Option("--ledger", help="Path of the ledger, or postgresql://…")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
FormatOption = Annotated[Format | None, typer.Option("--format", help="Default: table on a terminal, jsonl in a pipe.")]


def _ledger(url: str | None, create: bool = False) -> Any:
    from reportedly.ledger import Ledger
    from reportedly.settings import load_settings

    return Ledger(load_settings(ledger=url).ledger, create=create)


def _say_rejects(rejects: list[UnreadableInput]) -> None:
    err = console(stderr=True)
    for item in rejects:
        err.print(f"not read: {item}")


def _date(raw: str | None, option: str) -> dt.date | None:
    if raw is None:
        return None
    from reportedly.intake import read_published

    day = read_published(raw)
    if day is None:
        raise UsageError(f"{option} {raw!r} is no date: write it as 2014-12-03")
    return day


@app.command()
def read(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, or - for standard input.")],
    ledger: LedgerOption = None,
    no_ledger: Annotated[bool, typer.Option("--no-ledger", help="Read only; keep nothing.")] = False,
    jsonl: Annotated[str | None, typer.Option("--jsonl", help="Write the readings to a file, - for stdout.")] = None,
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Write what could not be read to a file.")] = None,
    published: Annotated[str | None, typer.Option(help="Day of publication for inputs that give none.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher for inputs that give none.")] = None,
    form: Annotated[
        str | None, typer.Option("--format", help="Input: text, html or jsonl. Output: table, jsonl, csv.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(help="Processes that read side by side.", min=1)] = None,
    quiet: QuietOption = False,
) -> None:
    """Reads reports into the ledger, links them, prints a summary."""
    from reportedly.cli.reading import read_command

    raise typer.Exit(
        read_command(
            inputs=inputs,
            ledger=None if no_ledger else (ledger or ""),
            jsonl=jsonl,
            rejects=rejects,
            published=_date(published, "--published"),
            publisher=publisher,
            form=form,
            jobs=jobs,
            quiet=quiet,
        )
    )


EVENT_COLUMNS = ("event", "when", "type", "what", "where", "status", "reports", "articles", "origins")


@app.command()
def events(ledger: LedgerOption = None, form: FormatOption = None, quiet: QuietOption = False) -> None:
    """Lists the happenings in the ledger, one row each, those told most often first."""
    from reportedly.exports.rows import EVENT_COLUMNS as CSV_COLUMNS
    from reportedly.exports.rows import event_row

    with _ledger(ledger) as book:
        found = book.events()
    found.sort(key=lambda e: (-e.articles, -len(e.reports), str(e.first or e.last or ""), e.id))
    match chosen(form):
        case Format.jsonl:
            print_jsonl(event.to_dict() for event in found)
        case Format.csv:
            print_csv(tuple(CSV_COLUMNS), (event_row(event) for event in found))
        case Format.table:
            rows = (
                (
                    e.id,
                    interval(e.first, e.last),
                    e.type or "-",
                    e.summary,
                    e.places[0].name or e.places[0].text if e.places else "-",
                    e.status,
                    len(e.reports),
                    e.articles,
                    e.origins,
                )
                for e in found
            )
            print_table(EVENT_COLUMNS, rows, "No events in the ledger: `reportedly read FILE` puts some there.")


@app.command()
def show(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="An event's id, or the start of one.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the dossier as one HTML page to a file.")
    ] = None,
    ledger: LedgerOption = None,
    form: FormatOption = None,
    quiet: QuietOption = False,
) -> None:
    """One event's dossier: what, who says so, who denies it, since when, from which origins."""
    from reportedly.cli.dossier import print_dossier
    from reportedly.cli.dossier_page import write_page
    from reportedly.exports.rows import EVENT_COLUMNS as CSV_COLUMNS
    from reportedly.exports.rows import event_row

    with _ledger(ledger) as book:
        event = book.event(event_id)
        readings = book.readings_of(event) if html is not None or form in (None, Format.table) else []
    if html is not None:
        if form is not None:
            raise UsageError("--html writes a page: leave out --format")
        write_page(html, event, readings, quiet)
    elif form is Format.jsonl:
        print_jsonl([event.to_dict()])
    elif form is Format.csv:
        print_csv(tuple(CSV_COLUMNS), [event_row(event)])
    else:
        print_dossier(event, {reading.article.id: reading.article for reading in readings})


STATEMENT_COLUMNS = ("statement", "published", "publisher", "source", "kind", "cue", "stances", "words")


@app.command()
def statements(
    source: Annotated[str | None, typer.Option(help="Words in the source's name.")] = None,
    stance: Annotated[
        str | None, typer.Option(help="asserts, confirms, denies, declines, doubts, endorses, condemns.")
    ] = None,
    event: Annotated[str | None, typer.Option(help="Only statements about this event.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Published on this day or earlier.")] = None,
    ledger: LedgerOption = None,
    form: FormatOption = None,
    quiet: QuietOption = False,
) -> None:
    """Lists who said what."""
    from reportedly.cli.listing import statement_row
    from reportedly.records import STANCES

    if stance is not None and stance not in STANCES:
        raise UsageError(f"--stance {stance!r}: one of {', '.join(STANCES)}")
    with _ledger(ledger) as book:
        found = book.statements(
            source=source, stance=stance, event=event, since=_date(since, "--since"), until=_date(until, "--until")
        )
    rows = [statement_row(item) for item in found]
    match chosen(form):
        case Format.jsonl:
            print_jsonl(rows)
        case Format.csv:
            print_csv(STATEMENT_COLUMNS, rows)
        case Format.table:
            print_table(STATEMENT_COLUMNS, ([row[c] for c in STATEMENT_COLUMNS] for row in rows), "No such statements.")


@app.command()
def link(ledger: LedgerOption = None, form: FormatOption = None, quiet: QuietOption = False) -> None:
    """Links everything in the ledger again from scratch."""
    with _ledger(ledger) as book:
        book.link()
        row = {"links": len(book.links()), "copies": len(book.copies()), "events": len(book.events())}
    if quiet:
        return
    match chosen(form):
        case Format.jsonl:
            print_jsonl([row])
        case Format.csv:
            print_csv(tuple(row), [row])
        case Format.table:
            print_table(tuple(row), [tuple(row.values())], "")


@app.command()
def copies(ledger: LedgerOption = None, form: FormatOption = None, quiet: QuietOption = False) -> None:
    """Lists the articles that are another's text again, whole or in part."""
    from reportedly.cli.judging import COPY_COLUMNS, copy_rows

    with _ledger(ledger) as book:
        rows = copy_rows(book)
    match chosen(form):
        case Format.jsonl:
            print_jsonl(rows)
        case Format.csv:
            print_csv(COPY_COLUMNS, (row | {"sentences": len(row["sentences"])} for row in rows))
        case Format.table:
            counted = (row | {"sentences": len(row["sentences"])} for row in rows)
            print_table(COPY_COLUMNS, ([row[c] for c in COPY_COLUMNS] for row in counted), "No copies in the ledger.")


@app.command()
def judge(
    left: Annotated[str, typer.Argument(metavar="LEFT", help="A report's id or the start of one, or an article's id.")],
    right: Annotated[str, typer.Argument(metavar="RIGHT", help="The same: for articles, the original.")],
    same: Annotated[bool, typer.Option("--same", help="One happening; LEFT is a copy of RIGHT.")] = False,
    different: Annotated[bool, typer.Option("--different", help="Two happenings; LEFT is no copy of RIGHT.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was decided before.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; it is kept.")] = "",
    ledger: LedgerOption = None,
    quiet: QuietOption = False,
) -> None:
    """Decides whether two reports tell of one happening, or whether one article copies another."""
    from reportedly.cli.judging import decision
    from reportedly.cli.judging import judge as judge_pair

    decided = decision(same, different, undo)
    with _ledger(ledger) as book:
        done = judge_pair(book, left, right, decided, by)
    if not quiet:
        console(stderr=True).print(done)


@app.command()
def rejects(ledger: LedgerOption = None, form: FormatOption = None, quiet: QuietOption = False) -> None:
    """Lists the inputs that could not be read, with the reason."""
    with _ledger(ledger) as book:
        found = [{"where": r.where, "reason": r.reason, "detail": r.detail} for r in book.rejects()]
    columns = ("where", "reason", "detail")
    match chosen(form):
        case Format.jsonl:
            print_jsonl(found)
        case Format.csv:
            print_csv(columns, found)
        case Format.table:
            print_table(columns, ([row[c] for c in columns] for row in found), "Nothing was rejected.")


@app.command()
def export(
    name: Annotated[
        str, typer.Argument(metavar="FORMAT", help="csv, csv-reports, jsonl, parquet, geojson, plover, polecat.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default: standard output.")
    ] = None,
    ledger: LedgerOption = None,
    quiet: QuietOption = False,
) -> None:
    """Writes the ledger's events in another format."""
    from reportedly.cli.listing import write_file
    from reportedly.exports import EXPORTS
    from reportedly.exports import export as write

    if name not in EXPORTS:
        raise UsageError(f"no export format {name!r}: one of {', '.join(EXPORTS)}")
    if output is None and name == "parquet" and sys.stdout.isatty():
        raise UsageError("parquet is binary: give -o FILE")
    with _ledger(ledger) as book:
        entries = {entry.report.id: entry for entry in book.entries()}
        count = write_file(output, lambda out: write(name, book.events(), entries, out))
    if not quiet:
        console(stderr=True).print(f"{count} rows of {name}" + (f" in {output}" if output else ""))


gazetteer = typer.Typer(help="The file of places.", no_args_is_help=True)
app.add_typer(gazetteer, name="gazetteer")


@gazetteer.command("build")
def gazetteer_build(quiet: QuietOption = False) -> None:
    """Builds the file of places from the installed packages and our own tables; takes about a minute."""
    from reportedly.gazetteer import build

    path = build()
    if not quiet:
        console(stderr=True).print(f"built {path}")


@gazetteer.command("add")
def gazetteer_add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="GeoNames dumps (.txt, .zip, .gz) or tables of places (.csv)."),
    ],
    quiet: QuietOption = False,
) -> None:
    """Adds places of your own from GeoNames dumps or tables; building the file of places anew keeps them."""
    from reportedly.cli.places import add_command

    raise typer.Exit(add_command(files, quiet))


actors = typer.Typer(help="Your own actors.", no_args_is_help=True)
app.add_typer(actors, name="actors")


@actors.command("import")
def actors_import(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Dictionaries in PETRARCH's format.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the tables; default: where readings look.")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Adds the actors and agents of PETRARCH-style dictionaries; they are looked up before those that come along."""
    from reportedly.directory import load_directory, own_folder, read_directory
    from reportedly.directory.petrarch import read_petrarch, write_tables
    from reportedly.resources import data_path

    countries = load_directory().country_codes
    folder = output or own_folder()
    for path in files:
        imported = read_petrarch(path, countries)
        sizes = write_tables(imported, folder)
        if not quiet:
            rows = ", ".join(f"{len(found)} {table}" for table, found in imported.rows.items())
            console(stderr=True).print(f"{path}: {rows}; left out: {len(imported.skipped)}")
            for line, why in imported.skipped[:20]:
                console(stderr=True).print(f"  {path}:{line}: {why}", markup=False)
            if len(imported.skipped) > 20:
                console(stderr=True).print(f"  and {len(imported.skipped) - 20} more")
    if not quiet:
        console(stderr=True).print(f"{folder}: " + ", ".join(f"{size} {table}" for table, size in sizes.items()))
    read_directory(data_path("actors"), folder)  # what is written must be readable


@app.command()
def explain(
    report: Annotated[str, typer.Argument(metavar="REPORT_ID", help="A report's id or the start of one.")],
    ledger: LedgerOption = None,
    form: FormatOption = None,
    quiet: QuietOption = False,
) -> None:
    """Shows what is behind a report: the sentence, the tree, the rows of the lexicon, the models' scores."""
    from reportedly.explaining import explain as explained
    from reportedly.settings import load_settings

    with _ledger(ledger) as book:
        article, whole = book.report(report)
    lines = explained(article, whole, load_settings())
    match chosen(form):
        case Format.jsonl:
            print_jsonl([{"part": part, "detail": detail} for part, detail in lines])
        case Format.csv:
            print_csv(("part", "detail"), [{"part": part, "detail": detail} for part, detail in lines])
        case Format.table:
            print_table(("part", "detail"), lines, "")


@app.command()
def doctor(ledger: LedgerOption = None, form: FormatOption = None, quiet: QuietOption = False) -> None:
    """Says what is installed, what is missing, and what to do about it."""
    from reportedly.cli.doctor import examine

    checks = examine(ledger)
    rows = [check.__dict__ for check in checks]
    columns = ("part", "state", "detail", "remedy")
    match chosen(form):
        case Format.jsonl:
            print_jsonl(rows)
        case Format.csv:
            print_csv(columns, rows)
        case Format.table:
            print_table(columns, ([row[c] for c in columns] for row in rows), "")
    raise typer.Exit(3 if any(check.state == "missing" for check in checks) else 0)


def main() -> None:
    """Runs the command line; errors of ours become one line on standard error and an exit code."""
    try:
        app()
    except UsageError as error:
        console(stderr=True).print(f"reportedly: {error}")
        sys.exit(2)
    except ReportedlyError as error:
        console(stderr=True).print(f"reportedly: {error}")
        sys.exit(3)
    except BrokenPipeError:
        # The reader of our pipe (head, less) has gone: nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
