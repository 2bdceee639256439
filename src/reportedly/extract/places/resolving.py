"""From the names of an article to places: one look-up and one sense for each distinct name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.places.hints import Area, hinted_areas
from reportedly.extract.places.homes import home_of
from reportedly.extract.places.ranking import Asked, load_weights, rank
from reportedly.gazetteer import Candidate, Gazetteer, Tier, normalise
from reportedly.records import Place

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means in an article; `score` is its share among all that it may mean."""

    candidate: Candidate
    score: float


def senses(
    text: str, spans: Spans, gazetteer: Gazetteer, publisher: str | None = None, demonyms: bool = True
) -> Mapping[str, Sense]:
    """The sense of every distinct name among `text[start:end]`, by normalised name; names not found are left out."""
    words: dict[str, str] = {}
    counts: dict[str, int] = {}
    after: dict[str, set[Area]] = {}
    before: dict[str, set[Area]] = {}
    found: dict[str, tuple[Candidate, ...]] = {}
    for start, end in spans:
        key = key_of(text[start:end])
        if key not in found:
            candidates = gazetteer.find(text[start:end])
            found[key] = candidates if demonyms else tuple(c for c in candidates if c.tier != Tier.DEMONYM)
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
        best = max(range(len(row)), key=row.__getitem__)
        chosen[key] = Sense(name.candidates[best], row[best])
    return chosen


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
