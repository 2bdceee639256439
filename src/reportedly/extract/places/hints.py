"""What the words around a name say of where it lies: "Erbil, Iraq", "Iraq's Anbar", "a town in northern Syria"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.gazetteer import Candidate, Gazetteer, Tier, without_possessive

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
_PLACE_NOUN = (
    r"(?:city|town|village|province|governorate|district|region|port|capital|county|state|suburb|island|enclave|resort)"
)
# What stands before it: "Iraq's western", "the northern Iraqi city of", "the Syrian border town of".
_BEFORE = (
    re.compile(rf"({_NAME})(?:['’]s|(?<=s)['’])\s+(?:[a-z-]+\s+){{0,3}}(?:of\s+)?(?:the\s+)?$"),
    re.compile(rf"({_NAME})\s+(?:[a-z-]+\s+){{0,2}}{_PLACE_NOUN}(?:\s+of|,)?\s+(?:the\s+)?$"),
)
_REACH = 90
_BESIDE = 2  # the first patterns of _AFTER: a comma, a bracket
_WIDE = {"country", "admin1", "region", "continent"}

Area = tuple[str, str]  # (country, admin1), the latter "" for a whole country


@dataclass(frozen=True, slots=True)
class Hints:
    """The areas that the words around a name place it in: set beside it ("Erbil, Iraq"), told after it, told before."""

    beside: frozenset[Area] = frozenset()
    after: frozenset[Area] = frozenset()
    before: frozenset[Area] = frozenset()

    def joined(self, other: "Hints") -> "Hints":
        """Those of two mentions of a name."""
        return Hints(self.beside | other.beside, self.after | other.after, self.before | other.before)


def hinted_areas(text: str, start: int, end: int, gazetteer: Gazetteer) -> Hints:
    """The countries and regions that the words around `text[start:end]` place it in."""
    tail = text[end : end + _REACH]
    after: set[Area] = set()
    beside: set[Area] = set()
    for at, pattern in enumerate(_AFTER):
        if found := pattern.match(tail):
            (beside if at < _BESIDE else after).update(areas_of(found.group(1), gazetteer))
    before: set[Area] = set()
    head = text[max(0, start - _REACH) : start]
    for pattern in _BEFORE:
        if found := pattern.search(head):
            before.update(areas_of(without_possessive(found.group(1)), gazetteer, demonyms=True))
    return Hints(frozenset(beside), frozenset(after | beside), frozenset(before))


def areas_of(words: str, gazetteer: Gazetteer, demonyms: bool = False) -> Iterable[Area]:
    """The areas that the longest known beginning of `words` names; nothing when it names none."""
    parts = words.split()
    for stop in range(len(parts), 0, -1):
        name = " ".join(parts[:stop])
        found = gazetteer.find(name) or (gazetteer.find(name.rstrip(".,")) if name.endswith(".") else ())
        found = tuple(c for c in found if demonyms or c.tier != Tier.DEMONYM)
        # "Oregon" is the state, not the county of that name in Missouri.
        wide = {_area(c) for c in found if c.kind in _WIDE and c.notable}
        areas = (wide or {_area(c) for c in found if c.kind == "admin2"}) - {("", "")}
        if areas:
            return areas
    return ()


def _area(place: Candidate) -> Area:
    return place.country, place.admin1 if place.kind in ("admin1", "admin2") else ""
