"""GeoJSON (RFC 7946): one Feature an event, properties flat; a place without coordinates gives a null geometry.

The geometry is the shape of a spatial expression ("25 miles into Iraq") or a point; `lat` and `lon` among the
properties are the best point in either case, and `radius_km` the radius around it that holds nine tenths.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from reportedly.exports.rows import event_row
from reportedly.records import Entry, Event


def _feature(event: Event) -> dict[str, Any]:
    place = event.places[0] if event.places and event.places[0].lat is not None else None
    geometry: Any = None
    if place is not None:
        geometry = place.geometry or {"type": "Point", "coordinates": [place.lon, place.lat]}
    row = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in event_row(event).items()}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": row}


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
