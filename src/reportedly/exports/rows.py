"""Events and reports as flat rows, for the table formats."""

import datetime as dt
from collections.abc import Iterable, Mapping

from reportedly.records import STANCES, Actor, Entry, Event, EventReport, NumberRange, Party

Cell = str | int | float | dt.date | None

# Column, and the type that the typed formats give it.
EVENT_COLUMNS: Mapping[str, type] = {
    "id": str,
    "summary": str,
    "type": str,
    "quad": str,
    "mode": str,
    "actors": str,
    "actor_countries": str,
    "actor_sectors": str,
    "recipients": str,
    "recipient_countries": str,
    "recipient_sectors": str,
    "place": str,
    "place_text": str,
    "country": str,
    "admin1": str,
    "lat": float,
    "lon": float,
    "radius_km": float,
    "where_prec": int,
    "geonameid": int,
    "first": dt.date,
    "last": dt.date,
    "first_reported": str,
    "last_reported": str,
    "status": str,
    "status_reason": str,
    "grade": int,
    "reports": int,
    "articles": int,
    "copies": int,
    "publishers": int,
    "origins": int,
    "origin_names": str,
    "killed_min": int,
    "killed_max": int,
    "injured_min": int,
    "injured_max": int,
    **dict.fromkeys(STANCES, int),
}
REPORT_COLUMNS: tuple[str, ...] = (
    "event",
    "report",
    "statement",
    "article",
    "url",
    "publisher",
    "published",
    "source",
    "source_kind",
    "relayed_by",
    "stance",
    "certainty",
    "type",
    "mode",
    "modality",
    "actors",
    "recipients",
    "place",
    "first",
    "last",
    "killed",
    "injured",
    "quote",
    "copy_of",
)


def joined(values: Iterable[str | None]) -> str | None:
    """Values as one cell, "; "-joined as ACLED does; None when there are none."""
    return "; ".join(value for value in values if value) or None


def _side(actors: tuple[Actor, ...]) -> tuple[str | None, str | None, str | None]:
    return (
        joined(a.name for a in actors),
        joined(a.country for a in actors),
        joined(a.sectors[0] if a.sectors else None for a in actors),
    )


def _stamp(moment: dt.date | None) -> str | None:
    return moment.isoformat() if moment else None


def _range(numbers: NumberRange) -> tuple[int | None, int | None]:
    return numbers.min, numbers.max


def event_row(event: Event) -> dict[str, Cell]:
    """One event under EVENT_COLUMNS; its first place, which is the most often reported."""
    place = event.places[0] if event.places else None
    stances = [line.stance for line in event.reports]
    values: list[Cell] = [event.id, event.summary, event.type, event.quad, event.mode]
    values += [*_side(event.actors), *_side(event.recipients)]
    if place:
        values += [place.name or place.text, place.text, place.country, place.admin1, place.lat, place.lon]
        values += [place.radius_km, place.precision, place.geonameid]
    else:
        values += [None] * 9
    values += [event.first, event.last, _stamp(event.first_reported), _stamp(event.last_reported)]
    values += [event.status, event.status_reason, event.grade, len(event.reports), event.articles, event.copies]
    values += [event.publishers, event.origins, joined(event.origin_names)]
    values += [*_range(event.killed), *_range(event.injured)]
    values += [stances.count(stance) for stance in STANCES]
    return dict(zip(EVENT_COLUMNS, values, strict=True))


def _parties(parties: tuple[Party, ...]) -> str | None:
    return joined(party.name or party.text for party in parties)


def report_row(event: Event, line: EventReport, entry: Entry) -> dict[str, Cell]:
    """One report of an event under REPORT_COLUMNS."""
    report = entry.report
    place, time = report.place, report.time
    values: list[Cell] = [event.id, line.report, line.statement, line.article, entry.url, line.publisher]
    values += [_stamp(line.published), line.source, line.source_kind, line.relayed_by, line.stance, line.certainty]
    values += [report.type, report.mode, report.modality, _parties(report.actors), _parties(report.recipients)]
    values += [(place.name or place.text) if place else None, time.first if time else None, time.last if time else None]
    values += [report.killed, report.injured, line.quote, line.copy_of]
    return dict(zip(REPORT_COLUMNS, values, strict=True))
