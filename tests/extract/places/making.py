"""Candidates and expressions made by hand, for the tests of places."""

from typing import Any

from reportedly.extract.places.spatial import Expression, Kind, find_expressions
from reportedly.gazetteer import Candidate, Gazetteer, Tier


def candidate(name: str, kind: Any = "city", lat: float = 40.0, lon: float = 20.0, **fields: Any) -> Candidate:
    """A place of nobody's gazetteer: its id has no outline."""
    given: dict[str, Any] = {
        "id": 9_000_000_001, "country": "AAA", "admin1": "AA.01", "population": 10_000, "radius_km": 5.0, "tier": Tier.MAIN,
    }  # fmt: skip
    return Candidate(name=name, kind=kind, lat=lat, lon=lon, **(given | fields))


def named(gazetteer: Gazetteer, name: str, kind: str, country: str | None = None) -> Candidate:
    """The gazetteer's place of a name, kind and country."""
    return next(p for p in gazetteer.find(name) if p.kind == kind and country in (None, p.country))


def said(kind: Kind, km: float | None = None, bearing: float | None = None, *words: str) -> Expression:
    """An expression without its text."""
    return Expression(kind=kind, start=0, end=0, anchors=(), km=km, bearing=bearing, words=frozenset(words))


def expressions(text: str, names: str, peoples: str = "") -> list[Expression]:
    """The expressions of a sentence whose names, and those of them that name a people, are given with ; between."""

    def extents(listed: str) -> list[tuple[int, int]]:
        return [(text.index(n), text.index(n) + len(n)) for n in listed.split("; ") if n]

    return find_expressions(text, 0, len(text), sorted(extents(names)), set(extents(peoples)))
