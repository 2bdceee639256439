"""JSON lines: the event objects of CONTRACT (reportedly/event/1)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from reportedly.records import Entry, Event


def write_objects(objects: Iterable[Any], out: BinaryIO) -> int:
    """One JSON object a line, UTF-8, accents as they are."""
    count = 0
    for item in objects:
        out.write(json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def write(events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """One event a line."""
    return write_objects((event.to_dict() for event in events), out)
