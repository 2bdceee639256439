"""A place as a row of a gazetteer file: what it is called, how wide it is, and the rows of our own tables."""

import math
from dataclasses import dataclass, field
from pathlib import Path

from reportedly.errors import ResourceError
from reportedly.gazetteer.names import normalise
from reportedly.gazetteer.store import Tier

Point = tuple[float, float]

REGION_COLUMNS = ("name", "kind", "country", "lat", "lon", "radius_km", "names")
REGION_KINDS = frozenset({"continent", "region", "sea", "strait", "river", "lake", "mountain", "island", "site"})
MIN_RADIUS = 3.0
_ARABIC_ARTICLES = ("al", "ar", "as", "ash", "ad", "at", "az", "an", "ath", "adh")
# A built-up square kilometre of the world's cities holds some 4,000 people; a ragged edge counts as the city too.
_PEOPLE_PER_KM2, _EDGE = 4000.0, 1.3


@dataclass(slots=True)
class PlaceRow:
    """A place and its names, each with its tier; `radius` in kilometres."""

    id: int
    name: str
    kind: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    radius: float
    names: list[tuple[str, Tier]] = field(default_factory=list)

    def keys(self) -> dict[str, Tier]:
        """The names as they are asked for, each with its best tier; those of one letter or another script are out."""
        found: dict[str, Tier] = {}
        for name, tier in self.names:
            key = normalise(name)
            if len(key) > 1 and (key not in found or tier < found[key]):
                found[key] = tier
        return found


def town_radius(people: int) -> float:
    """How far a town of so many people reaches, in kilometres."""
    return max(MIN_RADIUS, _EDGE * math.sqrt(people / _PEOPLE_PER_KM2 / math.pi))


def town_names(name: str, others: list[str]) -> list[tuple[str, Tier]]:
    """The names of a town, and those with an Arabic article also without it."""
    names = [(name, Tier.MAIN)]
    for other in others:
        # Three capitals are an airport's or a post office's code, which nobody writes for the town.
        names.append((other, Tier.CAPITALS if other.isupper() and len(other) <= 4 else Tier.ALTERNATE))
    for full, _ in tuple(names):
        words = full.split()
        if len(words) > 1 and words[0].lower() in _ARABIC_ARTICLES:
            names.append((" ".join(words[1:]), Tier.ALTERNATE))
    return names


def abbreviated(name: str, otherwise: Tier) -> Tier:
    """The tier of a country's or region's name: that of an abbreviation if it looks like one."""
    if name.isupper() and len(name.replace(".", "")) <= 5:
        return Tier.CAPITALS
    return Tier.POINT if name.endswith(".") and name.count(".") == 1 else otherwise


def listed(cell: str) -> list[str]:
    """The names in a cell, separated by semicolons."""
    return [name.strip() for name in cell.split(";") if name.strip()]


def point_of(path: Path, line: int, lat: str, lon: str) -> Point:
    """Latitude and longitude in degrees. Raises ResourceError with file and line for others."""
    try:
        point = float(lat), float(lon)
    except ValueError as error:
        raise ResourceError(f"{path}:{line}: {lat},{lon} are not degrees") from error
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ResourceError(f"{path}:{line}: {lat},{lon} are outside the globe")
    return point


def region_row(path: Path, line: int, row: dict[str, str], number: int) -> PlaceRow:
    """A row of a table with REGION_COLUMNS. Raises ResourceError with file and line for one that cannot be used."""
    if row["kind"] not in REGION_KINDS:
        raise ResourceError(f"{path}:{line}: kind {row['kind']!r} is not one of {', '.join(sorted(REGION_KINDS))}")
    try:
        radius = float(row["radius_km"])
    except ValueError:
        radius = math.nan
    if not 0 < radius < math.inf:
        raise ResourceError(f"{path}:{line}: radius_km {row['radius_km']!r} is not a number above 0")
    point = point_of(path, line, row["lat"], row["lon"])
    place = PlaceRow(number, row["name"], row["kind"], row["country"], "", *point, 0, radius)
    place.names.append((row["name"], Tier.MAIN))
    place.names.extend((name, abbreviated(name, Tier.MAIN)) for name in listed(row["names"]))
    return place
