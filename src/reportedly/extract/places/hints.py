"""What the words around a name say of where it lies: "Erbil, Iraq", "Iraq's Anbar", "a town in northern Syria"."""

import re
from collections.abc import Iterable

from reportedly.gazetteer import Candidate, Gazetteer, Tier

_NAME = r"(?:[A-Z][\w'’.-]*|[A-Z]\.(?:\s?[A-Z]\.)*)(?:\s+(?:and\s+|of\s+|the\s+)*[A-Z][\w'’.-]*){0,3}"
_DIRECTION = (
    r"(?:(?:the\s+)?(?:far\s+|north-?|south-?)?(?:north|south|east|west|central|upper|lower|rural|upstate)\w*\s+)?"
    r"(?:the\s+)?"
)
# What follows the name. A comma; a bracket; a preposition; a short apposition that ends in "in X" or "of X".
_AFTER = (
    re.compile(rf"\s*,\s+({_NAME})"),
    re.compile(rf"\s*\(({_NAME})"),
    re.compile(rf",?\s+in\s+(?:[a-z-]+\s+){{0,2}}{_DIRECTION}({_NAME})"),
    re.compile(rf",\s+(?:an?|the)\s[^.,;:()\"“”]{{0,50}}?\s(?:in|of|on|from)\s+{_DIRECTION}({_NAME})"),
    re.compile(
        rf"\s+(?:province|governorate|district|county|state|region|area)(?:\s+(?:of|in)|,)\s+{_DIRECTION}({_NAME})"
    ),
)
# What stands before it: "Iraq's western", "the northern Iraqi city of", "Syria's". Up to four words back.
_BEFORE = re.compile(rf"({_NAME})(?:['’]s?)?\s+(?:[a-z-]+\s+){{0,3}}(?:of\s+)?(?:the\s+)?$")
_REACH = 90
_AREAS = {"country", "admin1", "admin2", "region", "continent"}

Area = tuple[str, str]  # (country, admin1), the latter "" for a whole country


def hinted_areas(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[set[Area], set[Area]]:
    """The countries and regions that the words after and before `text[start:end]` place it in."""
    tail = text[end : end + _REACH]
    after: set[Area] = set()
    for pattern in _AFTER:
        if found := pattern.match(tail):
            after.update(areas_of(found.group(1), gazetteer))
    before: set[Area] = set()
    if found := _BEFORE.search(text[max(0, start - _REACH) : start]):
        before.update(areas_of(found.group(1), gazetteer, demonyms=True))
    return after, before


def areas_of(words: str, gazetteer: Gazetteer, demonyms: bool = False) -> Iterable[Area]:
    """The areas that the longest known beginning of `words` names; nothing when it names none."""
    parts = words.split()
    for stop in range(len(parts), 0, -1):
        name = " ".join(parts[:stop])
        found = gazetteer.find(name) or (gazetteer.find(name.rstrip(".,")) if name.endswith(".") else ())
        areas = {_area(c) for c in found if c.kind in _AREAS and (demonyms or c.tier != Tier.DEMONYM)}
        areas.discard(("", ""))
        if areas:
            return areas
    return ()


def _area(place: Candidate) -> Area:
    return place.country, place.admin1 if place.kind in ("admin1", "admin2") else ""
