"""POLECAT's 40 columns, tab-separated with a header; tabs and line ends inside values become spaces.

Columns for which we have no value (COW codes, Wikipedia ids, Intensity) stay empty, never guessed.
"""

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from reportedly.exports.rows import joined
from reportedly.records import Actor, Entry, Event

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations"),
    *("Story Locations", "Language", "Version"),
)


def _side(prefix: str, actors: tuple[Actor, ...], raw: Iterable[str]) -> dict[str, str | None]:
    sectors = [sector for actor in actors for sector in actor.sectors]
    return {
        f"{prefix} Name": joined(a.name for a in actors),
        f"{prefix} Country": joined(a.country for a in actors),
        f"Primary {prefix} Sector": sectors[0] if sectors else None,
        f"{prefix} Sectors": joined(dict.fromkeys(sectors)),
        f"{prefix} Name Raw": joined(raw),
    }


def _row(event: Event, entries: Mapping[str, Entry]) -> dict[str, str | None]:
    first = entries[event.reports[0].report]
    report, place = first.report, event.places[0] if event.places else None
    contexts = sorted({c for line in event.reports for c in entries[line.report].report.contexts})
    row: dict[str, str | None] = {
        "Event ID": event.id,
        "Event Date": event.first.isoformat() if event.first else None,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Quad Code": event.quad.upper() if event.quad else None,
        "Contexts": joined(contexts),
        **_side("Actor", event.actors, (party.text for party in report.actors)),
        **_side("Recipient", event.recipients, (party.text for party in report.recipients)),
        "Source": first.publisher,
        "Publication Date": first.day.isoformat() if first.day else None,
        "Language": "en",
        "Version": "reportedly",
    }
    if place:
        row |= {
            "Placename": place.name,
            "Province": place.admin1,
            "Country": place.country,
            "Latitude": str(place.lat) if place.lat is not None else None,
            "Longitude": str(place.lon) if place.lon is not None else None,
            "GeoNames ID": str(place.geonameid) if place.geonameid is not None else None,
            "Raw Placename": place.text,
        }
    return row


def write(events: Iterable[Event], entries: Mapping[str, Entry], out: BinaryIO) -> int:
    """One event a row."""
    out.write(("\t".join(COLUMNS) + "\n").encode())
    count = 0
    for event in events:
        row = _row(event, entries)
        cells = [" ".join((row.get(column) or "").split()) for column in COLUMNS]
        out.write(("\t".join(cells) + "\n").encode("utf-8", "replace"))
        count += 1
    return count
