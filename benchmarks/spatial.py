"""Spatial expressions: 66 sentences of our own with shapes judged on a map (benchmarks/own/spatial.jsonl).

Each line has an expression, its best point, points that a careful reader counts as meant and points that he does not.
A line is right when its shape holds all of the former and none of the latter; a line without a point means nowhere
("talks between Iran and Turkey") and is right when no shape is drawn. The reaches of data/places/spatial.toml were
chosen with these lines at hand.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import reportedly
from benchmarks.places import kilometres
from benchmarks.scorers import Figure
from reportedly.extract.places.shapes import covers
from reportedly.records import Place

LINES = Path(__file__).with_name("own") / "spatial.jsonl"


@dataclass(frozen=True)
class Outcome:
    """What was drawn for a line: which of its points lie where they should, and how far the best point is off."""

    line: dict[str, Any]
    place: Place | None
    inside: list[bool]
    outside: list[bool]
    away_km: float | None

    @property
    def right(self) -> bool:
        """Whether the whole line is right."""
        if self.line["point"] is None:
            return self.place is None
        return self.place is not None and all(self.inside) and all(self.outside)


def outcome(line: dict[str, Any]) -> Outcome:
    """Reads one line's sentence and compares."""
    start = line["text"].index(line["expression"])
    end = start + len(line["expression"])
    found = [p for p in reportedly.find_spatial(line["text"]) if p.start < end and start < p.end]
    place = max(found, key=lambda p: min(p.end, end) - max(p.start, start), default=None)
    if place is None or line["point"] is None or place.geometry is None:
        return Outcome(line, place, [False] * len(line["inside"]), [True] * len(line["outside"]), None)
    assert place.lat is not None
    assert place.lon is not None
    inside = covers(place.geometry, line["inside"])
    outside = [not held for held in covers(place.geometry, line["outside"])]
    return Outcome(line, place, inside, outside, kilometres((place.lat, place.lon), line["point"]))


def outcomes() -> list[Outcome]:
    """All lines."""
    return [outcome(json.loads(row)) for row in LINES.read_text(encoding="utf-8").splitlines()]


def run() -> list[Figure]:
    """The figures over all lines and by kind."""
    done = outcomes()
    inside = [held for one in done for held in one.inside]
    outside = [held for one in done for held in one.outside]
    near = [
        one.away_km <= one.place.radius_km
        for one in done
        if one.place is not None and one.away_km is not None and one.place.radius_km is not None
    ]
    name = "own sentences"
    figures = [
        Figure("spatial", "whole lines right", sum(one.right for one in done) / len(done), len(done), name),
        Figure("spatial", "points meant that are held", sum(inside) / len(inside), len(inside), name),
        Figure("spatial", "points not meant that are left out", sum(outside) / len(outside), len(outside), name),
        Figure("spatial", "judged best point within the radius", sum(near) / len(near), len(near), name),
    ]
    for kind in sorted({one.line["kind"] for one in done}):
        lines = [one.right for one in done if one.line["kind"] == kind]
        figures.append(Figure("spatial", f"whole lines right: {kind}", sum(lines) / len(lines), len(lines), name))
    return figures


if __name__ == "__main__":
    for one in outcomes():
        if not one.right:
            drawn = one.place and (one.place.text, one.place.name, one.place.country, one.place.radius_km)
            print(one.line["id"], one.line["expression"], drawn, f"in {one.inside} out {one.outside}")
    for figure in run():
        print(f"{figure.measure:45} {figure.value:.3f} n={figure.n}")
