"""From the names of an article to places: one look-up and one sense for each distinct name."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.extract.places.hints import Hints, hinted_areas
from reportedly.extract.places.homes import home_of
from reportedly.extract.places.ranking import AREA_WORD, Asked, rank, weights_in_order
from reportedly.extract.places.weights import load_weights
from reportedly.gazetteer import Candidate, Gazetteer, Tier, normalise
from reportedly.records import Place

# UCDP GED's where_prec (codebook, section on geographic precision): 1 the very place, 2 within some 25 km of a known
# one, 3 a second-level and 4 a first-level region, 5 along a line or in a part of a region or country, 6 a country,
# 7 the open sea or a region of several countries.
PRECISION = {
    "city": 1, "capital": 1, "site": 1, "admin2": 3, "admin1": 4, "country": 6, "continent": 7, "sea": 7, "strait": 7,
    "river": 5, "lake": 5, "mountain": 5, "island": 5, "region": 5,
}  # fmt: skip
Spans = Sequence[tuple[int, int]]
_CHIEF = 0.25
_WORTH = 0.05  # a share below which a sense is not looked at again
_OTHERS = 3  # runners-up that are told


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means in an article, the chance that this is right, and what else it may mean with what share."""

    candidate: Candidate
    score: float
    others: tuple[tuple[Candidate, float], ...] = ()


def senses(
    text: str, spans: Spans, gazetteer: Gazetteer, publisher: str | None = None, towns: bool = False
) -> Mapping[str, Sense]:
    """The sense of every distinct name among `text[start:end]`, by normalised name; names not found are left out.

    `towns`: the names say where something happened, so that "New York" is the town before the state.
    """
    words: dict[str, str] = {}
    counts: dict[str, int] = {}
    hints: dict[str, Hints] = {}
    found: dict[str, tuple[Candidate, ...]] = {}
    for start, end in spans:
        key = key_of(text[start:end])
        if key not in found:
            found[key] = gazetteer.find(text[start:end])
            words[key], counts[key], hints[key] = text[start:end], 0, Hints()
        counts[key] += 1
        if len(found[key]) > 1:
            hints[key] = hints[key].joined(hinted_areas(text, start, end, gazetteer))
    keys = [key for key, candidates in found.items() if candidates]
    asked = [Asked(words[k], found[k], counts[k], hints[k]) for k in keys]
    shares = rank(asked, home_of(publisher, gazetteer), weights_in_order(load_weights().ranking))
    chosen = {}
    for key, name, row in zip(keys, asked, shares, strict=True):
        chosen[key] = _sense(name, row, towns)
    return chosen


def choose(name: Asked, shares: Sequence[float]) -> tuple[int, float]:
    """The best candidate and its share; namesakes at the same spot (a town, its district) count as one sense."""
    together = [
        sum(
            more
            for there, more in zip(name.candidates, shares, strict=True)
            if there is place or same_spot(place, there)
        )
        if share >= _WORTH
        else share
        for place, share in zip(name.candidates, shares, strict=True)
    ]
    best = max(range(len(shares)), key=lambda at: (round(together[at], 6), shares[at]))
    return best, min(1.0, together[best])


def _sense(name: Asked, shares: Sequence[float], towns: bool) -> Sense:
    """What the name means, how sure that is, and what else it may mean.

    With `towns` a region is taken for its chief town of the same name when that holds a good part of its people and
    no word says "province": who writes "in Erbil" or "in New York" of a happening means the town.
    """
    best, share = choose(name, shares)
    place = name.candidates[best]
    others: list[tuple[Candidate, float]] = []
    for other, part in sorted(zip(name.candidates, shares, strict=True), key=lambda item: -item[1]):
        if part < _WORTH or len(others) == _OTHERS:
            break
        if not same_spot(place, other) and not any(same_spot(other, known) for known, _ in others):
            others.append((other, part))
    if towns and place.kind in ("admin1", "admin2") and not AREA_WORD.search(name.text):
        for other in name.candidates:
            chief = other.kind in ("city", "capital") and other.population >= _CHIEF * place.population
            if chief and other.admin1 == place.admin1 and other.tier in (Tier.MAIN, Tier.ALTERNATE):
                place = other
                break
    return Sense(place, calibrated(share), tuple(others))


def calibrated(share: float) -> float:
    """The chance that a sense with this share lies within 161 km of the truth, by the curve that training fitted."""
    curve = load_weights().calibration
    share = min(0.999, max(0.001, share))
    return 1 / (1 + math.exp(-(curve["offset"] + curve["slope"] * math.log(share / (1 - share)))))


def same_spot(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates are a town and what surrounds it: one region, or not further apart than a cell."""
    return a.country == b.country and abs(a.lat - b.lat) < 1 and abs(a.lon - b.lon) < 1


def key_of(name: str) -> str:
    """What makes two names of an article the same; "U.S." and "us" differ."""
    return f"{normalise(name)}{'!' if name.isupper() else ''}"


def place_of(text: str, start: int, end: int, sense: Sense | None, gazetteer: Gazetteer) -> Place:
    """The record for a name; only its words where there is no sense."""
    if sense is None:
        return Place(text=text[start:end], start=start, end=end)
    found = sense.candidate
    return Place(
        text=text[start:end],
        start=start,
        end=end,
        name=found.name,
        country=found.country or None,
        admin1=(gazetteer.region(found.admin1) or None) if found.admin1 else None,
        lat=found.lat,
        lon=found.lon,
        geonameid=found.geonameid,
        radius_km=found.radius_km,
        score=round(sense.score, 3),
        kind=found.kind,
        precision=PRECISION[found.kind],
        runners_up=tuple(_runner_up(place, share, gazetteer) for place, share in sense.others),
    )


def _runner_up(place: Candidate, share: float, gazetteer: Gazetteer) -> Mapping[str, Any]:
    return {
        "name": place.name,
        "country": place.country or None,
        "admin1": (gazetteer.region(place.admin1) or None) if place.admin1 else None,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "kind": place.kind,
        "score": round(share, 3),
    }


def resolve_spans(
    text: str, spans: Spans, gazetteer: Gazetteer, publisher: str | None = None
) -> tuple[Place | None, ...]:
    """The places named at the given spans of `text`, in their order; None where the gazetteer has no such name.

    `publisher` is a name or web address; where it names a town or country, that counts as a hint. Raises ValueError
    for a span outside the text.
    """
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"({start}, {end}) is not a span of a text of {len(text)} characters")
    chosen = senses(text, spans, gazetteer, publisher)
    found = [(start, end, chosen.get(key_of(text[start:end]))) for start, end in spans]
    return tuple(place_of(text, start, end, sense, gazetteer) if sense else None for start, end, sense in found)
