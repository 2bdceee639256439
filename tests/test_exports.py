"""A golden file for every export. `python -m tests.test_exports --write-golden` writes them anew: read what changed."""

import datetime as dt
import io
import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from reportedly.errors import UsageError
from reportedly.exports import EXPORTS, export
from reportedly.exports.polecat import COLUMNS
from reportedly.records import (
    Actor,
    Disagreement,
    Entry,
    Event,
    EventReport,
    NumberRange,
    Party,
    Place,
    Report,
    Source,
    Span,
    Statement,
    TimeSpan,
)

GOLDEN = Path(__file__).parent / "golden" / "exports"
DAY = dt.date(2026, 3, 10)


def _place() -> Place:
    return Place(
        text="Roatán", start=40, end=46, name="Roatán", country="HND", admin1="Bay Islands", lat=16.3, lon=-86.5,
        geonameid=3601691, radius_km=25.0, score=0.9,
    )  # fmt: skip


def _entry(report_id: str, stance: str, source: str | None) -> Entry:
    who = Source(text=source, start=0, end=5, name=source, kind="official") if source else Source(kind="narrator")
    report = Report(
        id=report_id, statement=f"s-{report_id}", type="COERCE", quad="material conflict", mode="seize",
        contexts=("military",), trigger=Span(start=10, end=16, text="seized"),
        actors=(Party(mention=None, text="navy", start=0, end=4, name="Honduran navy", country="HND", sectors=("MIL",)),),
        recipients=(Party(mention=None, text="boat", start=20, end=24, name="Nicaraguan boat", country="NIC"),),
        place=_place(), time=TimeSpan(text="Tuesday", start=50, end=57, first=DAY, last=DAY, grain="day", value="2026-03-10"),
        injured=2, stance=stance,
    )  # type: ignore[arg-type]  # fmt: skip
    said = Statement(id=f"s-{report_id}", source=who, cue=None, cue_class=None, content=(), quote="indirect")
    return Entry(
        report=report, statement=said, source_actor=None, article=f"a-{report_id}", publisher="Meridian\tNewswire",
        published=dt.date(2026, 3, 11), title=None, origins=(), sentence="The navy “seized” the boat,\nthey said.",
        url="https://wire.example/1",
    )  # fmt: skip


ENTRIES = {"r1": _entry("r1", "asserts", None), "r2": _entry("r2", "denies", "a spokesman")}


def _line(entry: Entry) -> EventReport:
    source = entry.statement.source
    assert source is not None
    return EventReport(
        report=entry.report.id, article=entry.article, publisher=entry.publisher, published=entry.published,
        statement=entry.statement.id, source=source.name, source_kind=source.kind, stance=entry.report.stance,
        certainty=entry.report.certainty, quote=entry.sentence, relayed_by=None, copy_of=None,
    )  # fmt: skip


def _event(event_id: str, place: bool) -> Event:
    return Event(
        id=event_id, summary="Honduras seizes a boat of Nicaragua, “off” Roatán", type="COERCE", quad="material conflict",
        mode="seize", actors=(Actor(name="Honduran navy", country="HND", sectors=("MIL", "GOV")),),
        recipients=(Actor(name="Nicaraguan boat", country="NIC"),), places=(_place(),) if place else (), first=DAY,
        last=DAY, first_reported=dt.date(2026, 3, 11), last_reported=dt.date(2026, 3, 12), status="disputed",
        status_reason="asserted and denied", grade=4, articles=2, copies=0, publishers=1, origins=1,
        origin_names=("Meridian Newswire",), killed=NumberRange(min=None, max=None, by_source=()),
        injured=NumberRange(min=2, max=2, by_source=({"value": 2, "report": "r1"},)),
        reports=tuple(map(_line, ENTRIES.values())),
        disagreements=(Disagreement(field="stance", values=({"value": "denies", "reports": ["r2"]},)),), why=(),
    )  # fmt: skip


EVENTS = (_event("e1", place=True), _event("e2", place=False))


def written(name: str) -> bytes:
    out = io.BytesIO()
    count = export(name, EVENTS, ENTRIES, out)
    assert count == (4 if name == "csv-reports" else 2)
    if name != "parquet":
        return out.getvalue()
    # Parquet's bytes change with its writer's version: the golden file holds schema and rows.
    content = pq.read_table(io.BytesIO(out.getvalue()))
    rows = [{key: str(value) for key, value in row.items()} for row in content.to_pylist()]
    return json.dumps({"schema": str(content.schema.remove_metadata()), "rows": rows}, indent=1).encode()


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_writes_its_golden_file(name: str) -> None:
    assert (GOLDEN / name).read_bytes() == written(name), (
        f"{name} has changed: --write-golden, then read the difference"
    )


def test_no_export_without_events_fails() -> None:
    for name in EXPORTS:
        out = io.BytesIO()
        assert export(name, (), {}, out) == 0


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match="xlsx"):
        export("xlsx", EVENTS, ENTRIES, io.BytesIO())


def test_polecat_has_forty_columns_on_every_row() -> None:
    assert len(COLUMNS) == 40
    assert {line.count("\t") for line in written("polecat").decode().splitlines()} == {39}


def test_geojson_has_longitude_first_and_null_geometry() -> None:
    one, two = json.loads(written("geojson"))["features"]
    assert one["geometry"] == {"type": "Point", "coordinates": [-86.5, 16.3]}
    assert two["geometry"] is None


if __name__ == "__main__" and "--write-golden" in sys.argv:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for golden in EXPORTS:
        (GOLDEN / golden).write_bytes(written(golden))
