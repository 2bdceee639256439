"""Writes events in the formats that users have. `EXPORTS` is the table: one small file a format."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from reportedly.errors import UsageError
from reportedly.exports import csv_table, geojson, json_lines, parquet, plover, polecat
from reportedly.records import Entry, Event

Writer = Callable[[Iterable[Event], Mapping[str, Entry], BinaryIO], int]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: what it holds, its usual ending, and `write(events, entries by report id, file) -> rows written`."""

    name: str
    ending: str
    about: str
    write: Writer


EXPORTS: Mapping[str, Export] = {
    export.name: export
    for export in (
        Export("csv", ".csv", "One row an event; opens in a spreadsheet.", csv_table.write_events),
        Export("csv-reports", ".csv", "One row a report: who says what about which event.", csv_table.write_reports),
        Export("jsonl", ".jsonl", "One event an object, with all its reports (reportedly/event/1).", json_lines.write),
        Export("parquet", ".parquet", "One row an event, typed columns.", parquet.write),
        Export("geojson", ".geojson", "One Feature an event (RFC 7946); no place, null geometry.", geojson.write),
        Export("plover", ".jsonl", "PLOVER 0.8 event records, with the statements beside.", plover.write),
        Export("polecat", ".tsv", "POLECAT's 40 columns, tab-separated.", polecat.write),
    )
}


def export(name: str, events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """Writes the events in the format; returns the rows written. Raises UsageError for an unknown format."""
    if name not in EXPORTS:
        raise UsageError(f"no export format {name!r}: one of {', '.join(EXPORTS)}")
    return EXPORTS[name].write(events, entries, out)
