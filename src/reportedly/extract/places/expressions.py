"""Spatial expressions of an article as places: their names resolved, their ground drawn."""

import dataclasses
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.extract.places.resolving import PRECISION, Sense, key_of, place_of
from reportedly.extract.places.spatial import Expression, find_expressions
from reportedly.gazetteer import Candidate, Gazetteer, Tier
from reportedly.parsing import Parse
from reportedly.records import Place

_BESIDE = frozenset({"border", "between", "coast", "distance"})
_AROUND = 25.0
_TERRITORIAL = 22.2  # kilometres: twelve nautical miles


@dataclass(frozen=True, slots=True)
class Located:
    """A spatial expression, and the characters of all names in its sentence."""

    expression: Expression
    names: tuple[tuple[int, int], ...]


def locate(
    parse: Parse, names: Sequence[tuple[int, int]], chosen: Mapping[str, Sense], sentences: Container[int]
) -> dict[tuple[int, int], Located]:
    """The spatial expressions of the given sentences by their token ranges."""
    text = parse.text
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for first, stop in names:
        sentence = parse.sentence_of[first]
        if sentence in sentences:
            by_sentence.setdefault(sentence, []).append((parse.start[first], parse.end[stop - 1]))
    found = {}
    for sentence, extents in by_sentence.items():
        first, stop = parse.sentences[sentence]
        senses = {extent: chosen.get(key_of(text[extent[0] : extent[1]])) for extent in extents}
        peoples = {extent for extent, sense in senses.items() if sense and sense.candidate.tier == Tier.DEMONYM}
        for expression in find_expressions(text, parse.start[first], parse.end[stop - 1], extents, peoples):
            if tokens := parse.tokens_in(expression.start, expression.end):
                found[tokens.start, tokens.stop] = Located(expression, tuple(extents))
    return found


def place_of_expression(
    text: str,
    expression: Expression,
    names: Sequence[tuple[int, int]],
    chosen: Mapping[str, Sense],
    gazetteer: Gazetteer,
) -> Place | None:
    """The place with its shape; None where a name has no sense or the ground cannot be drawn."""
    senses = [chosen.get(key_of(text[start:end])) for start, end in expression.anchors]
    if any(sense is None for sense in senses):
        return None
    known = [sense for sense in senses if sense is not None]
    sides = tuple(
        {
            sense.candidate: None
            for start, end in names
            if (start, end) not in expression.anchors and (sense := chosen.get(key_of(text[start:end]))) is not None
        }
    )
    said = dataclasses.replace(expression, start=0, end=0, anchors=())
    places, area = _drawn(said, known, sides, gazetteer)
    if area is None:
        return None
    base = place_of(
        text, expression.start, expression.end, dataclasses.replace(known[0], candidate=places[0]), gazetteer
    )
    country = _country(expression, places, sides)
    if expression.kind in _BESIDE:  # what lies near the Syrian border is not Syria
        base = dataclasses.replace(base, name=None, geonameid=None, kind=None)
    return dataclasses.replace(
        base,
        country=country,
        admin1=base.admin1 if country and expression.kind in ("near", "part", "into") else None,
        lat=area.lat,
        lon=area.lon,
        radius_km=area.radius_km,
        geometry=area.geometry,
        precision=precision_of(expression, places),
    )


def _drawn(
    said: Expression, senses: Sequence[Sense], sides: tuple[Candidate, ...], gazetteer: Gazetteer
) -> tuple[tuple[Candidate, ...], Any]:
    """The places and their ground: of the first name the sense that fits the others best (Rwanda's Congo, not Gabon's).

    Loaded late: shapes need shapely, which takes a tenth of a second and most articles do without.
    """
    from reportedly.extract.places.shapes import draw

    places = tuple(sense.candidate for sense in senses)
    others = [(other, *places[1:]) for other, _ in senses[0].others if said.kind in ("into", "border")]
    for strict in (True, False):
        for tried in (places, *others):
            if (area := draw(said, tried, sides, gazetteer, strict)) is not None:
                return tried, area
    return places, None


def _country(expression: Expression, places: Sequence[Candidate], sides: Sequence[Candidate]) -> str | None:
    """The country that the words put the place in; None where they leave it open. Never taken from a map's line."""
    first = places[0].country or None
    match expression.kind:
        case "border":
            if "side" in expression.words:
                return first
            others = {side.country for side in sides if side.kind == "country" and side.country != places[0].country}
            return others.pop() if len(places) == 1 and len(others) == 1 else None
        case "between":
            return first if len({place.country for place in places}) == 1 else None
        case "distance":
            return first if expression.km is None or expression.km <= 2 * _AROUND else None
        case _:
            return first


def precision_of(expression: Expression, places: Sequence[Candidate]) -> int:
    """The expression's where_prec."""
    match expression.kind:
        case "near":
            return 2 if PRECISION[places[0].kind] <= 3 else 5
        case "distance":
            return 2 if expression.km is None or expression.km <= _AROUND else 5
        case "coast":
            return 7 if expression.km is not None and expression.km > _TERRITORIAL else 5
        case "part":
            return 2 if places[0].kind in ("city", "capital") else 5
        case _:
            return 5
