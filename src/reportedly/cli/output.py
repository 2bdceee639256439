"""Prints rows as a table on a terminal, as JSON lines into a pipe, or as CSV."""

import csv
import datetime as dt
import enum
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text


class Format(enum.StrEnum):
    """How rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def chosen(form: Format | None) -> Format:
    """The format asked for, else a table on a terminal and JSON lines into a pipe."""
    if form is not None:
        return form
    return Format.table if sys.stdout.isatty() else Format.jsonl


def console(stderr: bool = False) -> Console:
    """A console that keeps words as they are; a pipe gets 160 columns, since it has no width of its own."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, markup=False, width=None if stream.isatty() else 160)


def print_jsonl(objects: Iterable[Any]) -> None:
    """One JSON object a line on standard output, UTF-8 whatever the locale."""
    for item in objects:
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n"
        sys.stdout.buffer.write(line.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """CSV with a header on standard output."""
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    writer = csv.DictWriter(sys.stdout, list(columns), extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
    sys.stdout.flush()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], empty: str) -> None:
    """A table that a person can read; `empty` is said when there are no rows."""
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        wide = column in ("what", "words", "source", "detail")
        table.add_column(column, overflow="fold", ratio=2 if wide else None, no_wrap=column in ("event", "statement"))
    count = 0
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
        count += 1
    console().print(table if count else Text(empty))


def interval(first: dt.date | None, last: dt.date | None) -> str:
    """Days as 2014-06-10, 2014-06-01 to 06-30, or "unknown"; an open end is shown as one."""
    if first is None and last is None:
        return "unknown"
    if first is None or last is None:
        return f"since {first}" if first else f"by {last}"
    if first == last:
        return str(first)
    return f"{first} to {last if last.year != first.year else last.strftime('%m-%d')}"
