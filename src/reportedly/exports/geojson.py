"""GeoJSON (RFC 7946): one Feature an event, properties flat; a place without coordinates gives a null geometry."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from reportedly.exports.rows import event_row
from reportedly.records import Entry, Event


def _feature(event: Event) -> dict[str, Any]:
    place = next((place for place in event.places if place.lat is not None), None)
    geometry: Any = None
    if place is not None:
        geometry = place.geometry or {"type": "Point", "coordinates": [place.lon, place.lat]}
    row = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in event_row(event).items()}
    radius = place.radius_km if place else None
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": {**row, "radius_km": radius}}


def write(events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """One FeatureCollection, written Feature by Feature."""
    count = 0
    out.write(b'{"type":"FeatureCollection","features":[')
    for event in events:
        out.write(
            (b",\n" if count else b"\n") + json.dumps(_feature(event), ensure_ascii=False).encode("utf-8", "replace")
        )
        count += 1
    out.write(b"\n]}\n")
    return count
