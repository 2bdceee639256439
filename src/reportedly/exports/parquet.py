"""Parquet: one row an event, the columns of the CSV with their types; reports as JSON in one more column."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from reportedly.exports.rows import EVENT_COLUMNS, event_row
from reportedly.records import Entry, Event

_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32()}
SCHEMA = pa.schema(
    [*((name, _TYPES[kind]) for name, kind in EVENT_COLUMNS.items()), ("reports_json", pa.string())],
    metadata={"schema": "reportedly/event/1"},
)
_GROUP = 10_000


def write(events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """One row an event, in row groups of 10,000."""
    count = 0
    rows: list[dict[str, object]] = []
    with pq.ParquetWriter(out, SCHEMA) as writer:
        for event in events:
            lines = [line.to_dict() for line in event.reports]
            rows.append({**event_row(event), "reports_json": json.dumps(lines, ensure_ascii=False)})
            count += 1
            if len(rows) == _GROUP:
                writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
                rows.clear()
        if rows:
            writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
    return count
