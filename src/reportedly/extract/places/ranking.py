"""Picks one sense for every place name of an article, all names together.

A candidate's score is a weighted sum of what speaks for it (data/places/weights.json): how many people live there, what
it is, what the words around the name say, and where the article's other names lie. The last depends on the other
names' senses, so scores are computed in rounds, each with the shares of the round before.
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.errors import ResourceError
from reportedly.extract.places.hints import Area, Hints
from reportedly.gazetteer import Candidate, Tier

_ROUNDS = 3
_LEAST_SHARE = 0.01  # smaller shares move nothing and cost time
_KIND = {
    "country": "country", "continent": "continent", "admin1": "admin1", "admin2": "admin2", "capital": "capital",
    "city": "city",
}  # fmt: skip
_TIER = {Tier.ALTERNATE: "alternate", Tier.DERIVED: "derived", Tier.DEMONYM: "demonym"}
AREA_WORD = re.compile(
    r"(?:province|governorate|county|parish|district|state|region|oblast|prefecture|republic)\b", re.IGNORECASE
)
FEATURES = (
    "population", "largest", "country", "continent", "admin1", "admin2", "capital", "city", "region",
    "alternate", "derived", "demonym", "hint_beside", "hint_after", "hint_before", "hint_against", "area_word",
    "country_mass", "country_share", "admin1_mass", "admin1_share", "near_mass", "near_share",
    "country_named", "admin1_named",
    "home_country", "home_admin1", "home_near",
)  # fmt: skip
# Those that depend on the senses of the other names.
MOVING = slice(FEATURES.index("country_mass"), FEATURES.index("home_country"))
# Cells of one degree: a cell and its neighbours reach 100 to 200 km.
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to resolve: its candidates, how often it stands in the article, and the areas that its words hint at."""

    text: str
    candidates: tuple[Candidate, ...]
    count: int
    hints: Hints


@dataclass(frozen=True, slots=True)
class Home:
    """Where the publisher is at home: shares by country, first-level region and cell."""

    country: Mapping[str, float]
    admin1: Mapping[str, float]
    near: Mapping[Cell, float]


def weights_in_order(table: Mapping[str, float]) -> tuple[float, ...]:
    """The weights in the order of FEATURES. Raises ResourceError when one is missing or unknown."""
    if set(table) != set(FEATURES):
        raise ResourceError(f"places/weights.json: [ranking] must have exactly: {', '.join(FEATURES)}")
    return tuple(table[name] for name in FEATURES)


def rank(asked: Sequence[Asked], home: Home | None, weights: Sequence[float]) -> list[list[float]]:
    """For each name the share of each of its candidates (they sum to 1), in the candidates' order."""
    still = [[still_features(name, place, home) for place in name.candidates] for name in asked]
    shares = [_softmax([_dot(row, weights) for row in rows]) for rows in still]
    for _ in range(_ROUNDS - 1):
        around = Surroundings(asked, shares)
        shares = [
            _softmax([
                _dot((*row[: MOVING.start], *around.of(at, place), *row[MOVING.stop :]), weights)
                for row, place in zip(still[at], name.candidates, strict=True)
            ])
            for at, name in enumerate(asked)
        ]  # fmt: skip
    return shares


def _dot(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(float.__mul__, values, weights))


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores, default=0.0)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def still_features(name: Asked, place: Candidate, home: Home | None) -> tuple[float, ...]:
    """The features that do not depend on other names' senses; those that do are 0."""
    kind = _KIND.get(place.kind, "region")
    tier = _TIER.get(place.tier)
    flags = dict.fromkeys(FEATURES, 0.0)
    flags["population"] = math.log10(1 + place.population)
    flags["largest"] = float(place is name.candidates[0])
    flags[kind] = float(kind != "region" or place.notable)  # fitted on places of the news, not on a dump's hills
    if tier:
        flags[tier] = 1.0
    hints = name.hints
    after = _inside(place, hints.after)
    flags["hint_beside"], flags["hint_after"] = float(_inside(place, hints.beside)), float(after)
    flags["hint_before"] = float(_inside(place, hints.before))
    flags["hint_against"] = float(bool(hints.after) and not after)
    flags["area_word"] = float(kind in ("admin1", "admin2") and bool(AREA_WORD.search(name.text)))
    if home:
        flags["home_country"] = home.country.get(place.country, 0.0)
        flags["home_admin1"] = home.admin1.get(place.admin1, 0.0) if place.admin1 else 0.0
        flags["home_near"] = min(1.0, _around(home.near, place))
    return tuple(flags.values())


def _inside(place: Candidate, areas: frozenset[Area]) -> bool:
    return (place.country, place.admin1) in areas or (place.country, "") in areas


def cell_of(place: Candidate) -> Cell:
    """The one-degree cell that a place lies in."""
    return math.floor(place.lat), math.floor(place.lon)


def _around(cells: Mapping[Cell, float], place: Candidate) -> float:
    lat, lon = cell_of(place)
    return sum(cells.get((a, b), 0.0) for a in (lat - 1, lat, lat + 1) for b in (lon - 1, lon, lon + 1))


@dataclass(slots=True)
class Mass:
    """Shares summed by country, first-level region and cell."""

    country: defaultdict[str, float]
    admin1: defaultdict[str, float]
    near: defaultdict[Cell, float]
    named: defaultdict[str, float]  # a country or first-level region itself, by its code


def _mass() -> Mass:
    return Mass(defaultdict(float), defaultdict(float), defaultdict(float), defaultdict(float))


class Surroundings:
    """Where an article's names lie by the present shares, over all names and by name."""

    def __init__(self, asked: Sequence[Asked], shares: Sequence[Sequence[float]]) -> None:
        self.others = max(1.0, float(len(asked) - 1))
        self.all = _mass()
        self.own: list[Mass] = []
        for name, row in zip(asked, shares, strict=True):
            own = _mass()
            for place, share in zip(name.candidates, row, strict=True):
                if share < _LEAST_SHARE:
                    continue
                for mass in (own, self.all):
                    mass.country[place.country] += share
                    mass.admin1[place.admin1] += share
                    if place.kind not in ("country", "continent"):
                        mass.near[cell_of(place)] += share
                    if place.kind in ("country", "admin1"):
                        mass.named[place.admin1 or place.country] += share
            self.own.append(own)

    def of(self, at: int, place: Candidate) -> tuple[float, ...]:
        """Mass (as a logarithm) and share of the other names in the candidate's country, region and surroundings."""
        everyone, own = self.all, self.own[at]
        nation = region = 0.0
        if place.country:
            nation = max(0.0, everyone.country.get(place.country, 0.0) - own.country.get(place.country, 0.0))
        if place.admin1:
            region = max(0.0, everyone.admin1.get(place.admin1, 0.0) - own.admin1.get(place.admin1, 0.0))
        close = max(0.0, _around(everyone.near, place) - _around(own.near, place))
        state, land = (
            min(1.0, max(0.0, everyone.named.get(code, 0.0) - own.named.get(code, 0.0))) if code else 0.0
            for code in (place.country, place.admin1)
        )
        log = math.log1p
        return (
            log(nation), nation / self.others, log(region), region / self.others, log(close), close / self.others,
            state, land,
        )  # fmt: skip
