"""CSV as in RFC 4180, UTF-8: one row an event, or one row a report."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from reportedly.exports.rows import EVENT_COLUMNS, REPORT_COLUMNS, Cell, event_row, report_row
from reportedly.records import Entry, Event


def _write(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]], out: BinaryIO) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.detach()
    return count


def write_events(events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """One row an event (rows.EVENT_COLUMNS)."""
    return _write(EVENT_COLUMNS, map(event_row, events), out)


def write_reports(events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """One row a report (rows.REPORT_COLUMNS), events in order."""
    rows = (report_row(event, line, entries[line.report]) for event in events for line in event.reports)
    return _write(REPORT_COLUMNS, rows, out)
