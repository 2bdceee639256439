"""PLOVER event records (manual 0.8, JSON lines), one a happening, with our statements in extra fields.

PLOVER has no slot for who says so: `statements`, `independent_sources` and `contradicted` are ours, as the
manual allows.
"""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from reportedly.exports.json_lines import write_objects
from reportedly.records import Actor, Entry, Event, Place

_QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}


def _entity(actor: Actor) -> dict[str, Any]:
    sector = actor.sectors[0] if actor.sectors else None
    return {"code": actor.country, "sector": sector, "entity_text": actor.name}


def _location(place: Place) -> dict[str, Any]:
    return {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "province": place.admin1,
        "country_code": place.country,
    }


def _record(event: Event, entries: Mapping[str, Entry]) -> dict[str, Any]:
    lines = event.reports
    report = entries[lines[0].report].report
    contexts = sorted({context for line in lines for context in entries[line.report].report.contexts})
    return {
        "id": event.id,
        "has_event": True,
        "date": event.first.isoformat() if event.first else None,
        "enddate": event.last.isoformat() if event.last else None,
        "actor": [_entity(actor) for actor in event.actors],
        "recipient": [_entity(actor) for actor in event.recipients],
        "event": [event.type] if event.type else [],
        "mode": [event.mode] if event.mode else [],
        "context": contexts,
        "quad_code": _QUADS.get(event.quad or ""),
        "event_loc": _location(event.places[0]) if event.places else None,
        "event_text": [report.trigger.text],
        "size": {"dead": event.killed.min, "injured": event.injured.min},
        "text": lines[0].quote,
        "cite_info": {"publication": lines[0].publisher, "url": entries[lines[0].report].url},
        "coder": "reportedly",
        "statements": [line.to_dict() for line in lines],
        "independent_sources": event.origins,
        "contradicted": event.status in ("disputed", "denied"),
    }


def write(events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """One PLOVER record a line."""
    return write_objects((_record(event, entries) for event in events), out)
