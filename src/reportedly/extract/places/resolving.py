"""From the names of an article to places: one look-up and one sense for each distinct name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.places.hints import Area, hinted_areas
from reportedly.extract.places.homes import home_of
from reportedly.extract.places.ranking import AREA_WORD, Asked, load_weights, rank
from reportedly.gazetteer import Candidate, Gazetteer, Tier, normalise
from reportedly.records import Place

Spans = Sequence[tuple[int, int]]
_CHIEF = 0.25


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means in an article; `score` is its share among all that it may mean."""

    candidate: Candidate
    score: float


def senses(
    text: str, spans: Spans, gazetteer: Gazetteer, publisher: str | None = None, towns: bool = False
) -> Mapping[str, Sense]:
    """The sense of every distinct name among `text[start:end]`, by normalised name; names not found are left out.

    `towns`: the names say where something happened, so that "New York" is the town before the state.
    """
    words: dict[str, str] = {}
    counts: dict[str, int] = {}
    after: dict[str, set[Area]] = {}
    before: dict[str, set[Area]] = {}
    found: dict[str, tuple[Candidate, ...]] = {}
    for start, end in spans:
        key = key_of(text[start:end])
        if key not in found:
            found[key] = gazetteer.find(text[start:end])
            words[key], counts[key], after[key], before[key] = text[start:end], 0, set(), set()
        counts[key] += 1
        if len(found[key]) > 1:
            behind, ahead = hinted_areas(text, start, end, gazetteer)
            after[key] |= behind
            before[key] |= ahead
    keys = [key for key, candidates in found.items() if candidates]
    asked = [Asked(words[k], found[k], counts[k], frozenset(after[k]), frozenset(before[k])) for k in keys]
    shares = rank(asked, home_of(publisher, gazetteer), load_weights())
    chosen = {}
    for key, name, row in zip(keys, asked, shares, strict=True):
        chosen[key] = _choose(name, row, towns)
    return chosen


def _choose(name: Asked, shares: Sequence[float], towns: bool) -> Sense:
    """The best candidate; namesakes at the same spot (a town, its district) count as one sense.

    With `towns` a region is taken for its chief town of the same name when that holds a good part of its people and
    no word says "province": who writes "in Erbil" or "in New York" of a happening means the town.
    """
    best = max(range(len(shares)), key=shares.__getitem__)
    place = name.candidates[best]
    together = sum(
        share for other, share in zip(name.candidates, shares, strict=True) if other is place or same_spot(place, other)
    )
    if towns and place.kind in ("admin1", "admin2") and not AREA_WORD.search(name.text):
        for other in name.candidates:
            chief = other.kind in ("city", "capital") and other.population >= _CHIEF * place.population
            if chief and other.admin1 == place.admin1 and other.tier in (Tier.MAIN, Tier.ALTERNATE):
                return Sense(other, min(1.0, together))
    return Sense(place, min(1.0, together))


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
    )


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
