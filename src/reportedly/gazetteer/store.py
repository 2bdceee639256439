"""Asks the gazetteer, one SQLite file (with the user's own places, two) opened read-only and never loaded whole."""

import functools
import hashlib
import json
import os
import sqlite3
import zlib
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Literal, cast

from reportedly.errors import ResourceError
from reportedly.gazetteer.names import is_abbreviation, normalise, shorter, without_possessive
from reportedly.gazetteer.own import FIND_BOTH, OWN_FILE, attach, facts
from reportedly.resources import state_path

Kind = Literal[
    "country", "admin1", "admin2", "capital", "city",
    "continent", "region", "sea", "strait", "river", "lake", "mountain", "island", "site",
]  # fmt: skip

SCHEMA = 2
FILE = "gazetteer.sqlite"
_LIMIT = 120  # the commonest name (Santa Maria) has 162 places; those beyond the first 120 have under 1,000 people
_CACHE = 8192

_FIND = """
SELECT place.id, place.name, place.kind, place.country, place.admin1, place.lat, place.lon, place.population,
       place.radius, name.tier
FROM name JOIN place ON place.id = name.place
WHERE name.key = ? ORDER BY place.population DESC, place.id LIMIT ?
"""


_IN_BOX = """
SELECT country, wkb FROM shape
WHERE level = 'country' AND west <= ? AND east >= ? AND south <= ? AND north >= ? ORDER BY country
"""


_PLACES_IN_BOX = """
SELECT name, kind, lat, lon, population FROM place
WHERE lon BETWEEN ? AND ? AND lat BETWEEN ? AND ? AND (kind = 'capital' OR kind = 'city' AND population > 20000)
ORDER BY kind = 'capital' DESC, population DESC, name LIMIT 40
"""
_SEAS_IN_BOX = """
SELECT place.name, shape.wkb FROM shape JOIN place ON place.id = shape.place
WHERE level = 'sea' AND west <= ? AND east >= ? AND south <= ? AND north >= ? ORDER BY place.name
"""


class Tier(IntEnum):
    """How a name belongs to a place."""

    MAIN = 0
    ALTERNATE = 1
    DERIVED = 2  # "Avoyelles" for Avoyelles Parish
    CAPITALS = 3  # an abbreviation that holds in capitals only: CA
    POINT = 4  # one that holds with its point only: Ala.
    DEMONYM = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `country` is alpha-3 ("" for none or several), `admin1` GeoNames' ("IQ.15")."""

    id: int
    name: str
    kind: Kind
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    radius_km: float
    tier: Tier

    @property
    def geonameid(self) -> int | None:
        """The GeoNames number; None for a place of our own table or of the user's."""
        return self.id if self.id > 0 else None

    @property
    def notable(self) -> bool:
        """Whether it is in the news whoever lives there: a country, region, capital, or one that a table names.

        Towns are not, nor a dump's hills, farms and islands: for those only their people speak.
        """
        return self.id < 0 or self.kind in ("country", "admin1", "admin2", "capital")


class Gazetteer:
    """Looks names up, also among the user's `own` places. Picklable: each process opens the files for itself."""

    def __init__(self, path: Path, own: Path | None = None) -> None:
        self.path = path
        self.own = own
        self._pid = 0
        self._find = functools.lru_cache(maxsize=_CACHE)(self._query)
        self._region = functools.lru_cache(maxsize=_CACHE)(self._name_of)
        self._connect()

    def __reduce__(self) -> tuple[type["Gazetteer"], tuple[Path, Path | None]]:
        return (Gazetteer, (self.path, self.own))

    def _connect(self) -> sqlite3.Connection:
        if not self.path.is_file():
            raise ResourceError(f"{self.path}: no gazetteer there; run `reportedly gazetteer build`")
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise ResourceError(f"{self.path}: {error}; run `reportedly gazetteer build`") from error
        if version != SCHEMA:
            raise ResourceError(f"{self.path}: version {version}, not {SCHEMA}; run `reportedly gazetteer build`")
        if self.own is not None:
            attach(self._db, self.own)
        self._pid = os.getpid()
        return self._db

    def _open(self) -> sqlite3.Connection:
        # A connection must not cross a fork.
        return self._db if self._pid == os.getpid() else self._connect()

    def find(self, name: str) -> tuple[Candidate, ...]:
        """The places that a name may mean, the most peopled first; empty when there are none.

        A generic word ("Anbar province", "the city of Mosul") is dropped when the whole is not known.
        """
        return self._find(without_possessive(name.strip()))

    def _query(self, name: str) -> tuple[Candidate, ...]:
        key = normalise(name)
        if not key:
            return ()
        found = self._rows(key, name)
        if not found and (short := shorter(key)):
            found = self._rows(short, short)
        return found

    def _rows(self, key: str, name: str) -> tuple[Candidate, ...]:
        short, point = is_abbreviation(name), name.endswith(".")
        rows = []
        for row in self._open().execute(_FIND if self.own is None else FIND_BOTH, (key, _LIMIT)):
            tier = Tier(row[-1])
            if (tier == Tier.CAPITALS and not short) or (tier == Tier.POINT and not point):
                continue
            rows.append(Candidate(*(*row[:-1], tier)))
        return tuple(rows)

    def region(self, code: str) -> str | None:
        """The name of a first-level region by its GeoNames code ("IQ.15")."""
        return self._region(code)

    def _name_of(self, code: str) -> str | None:
        row = self._open().execute("SELECT name FROM admin1 WHERE code = ?", (code,)).fetchone()
        return row[0] if row else None

    def country(self, alpha2: str) -> str | None:
        """The alpha-3 code of a country by its alpha-2 code."""
        row = self._open().execute("SELECT alpha3 FROM country WHERE alpha2 = ?", (alpha2.upper(),)).fetchone()
        return row[0] if row else None

    def outline(self, place: int) -> bytes | None:
        """The outline of a country, first-level region or sea as well-known binary (longitude, latitude), or None."""
        row = self._open().execute("SELECT wkb FROM shape WHERE place = ?", (place,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def countries_in(self, west: float, south: float, east: float, north: float) -> list[tuple[str, bytes]]:
        """The alpha-3 codes and outlines of the countries that may reach into a box of degrees."""
        rows = self._open().execute(_IN_BOX, (east, west, north, south))
        return [(code, zlib.decompress(wkb)) for code, wkb in rows]

    def country_names(self) -> dict[str, str]:
        """The names of countries by their alpha-3 codes."""
        return dict(self._open().execute("SELECT country, name FROM place WHERE kind = 'country' ORDER BY population"))

    def places_in(
        self, west: float, south: float, east: float, north: float
    ) -> list[tuple[str, str, float, float, int]]:
        """Name, kind, latitude, longitude and people of the capitals and larger towns in a box of degrees."""
        return list(self._open().execute(_PLACES_IN_BOX, (west, east, south, north)))

    def seas_in(self, west: float, south: float, east: float, north: float) -> list[tuple[str, bytes]]:
        """The names and outlines of the seas, gulfs and straits that may reach into a box of degrees."""
        rows = self._open().execute(_SEAS_IN_BOX, (east, west, north, south))
        return [(name, zlib.decompress(wkb)) for name, wkb in rows]

    def countries(self) -> dict[str, str]:
        """The alpha-3 codes by the alpha-2 codes."""
        return dict(self._open().execute("SELECT alpha2, alpha3 FROM country"))

    @property
    def own_places(self) -> int:
        """How many places are the user's own."""
        return int(facts(self._open())["places"]) if self.own is not None else 0

    @property
    def digest(self) -> str:
        """A short digest of `versions()`: readings with another gazetteer are of another run."""
        return hashlib.sha256(json.dumps(self.versions()).encode()).hexdigest()[:12]

    def versions(self) -> dict[str, str]:
        """What was built from what: package versions, digests of our tables and of the user's own places."""
        built = cast(dict[str, str], dict(self._open().execute("SELECT key, value FROM main.source ORDER BY key")))
        return built if self.own is None else {**built, "own/places": facts(self._open())["digest"]}


@functools.lru_cache(maxsize=4)
def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """The gazetteer at `path` alone, or where setup puts it with the user's own places beside it.

    Raises ResourceError when it is missing, damaged or of another version.
    """
    if path is not None:
        return Gazetteer(path)
    own = state_path(OWN_FILE)
    return Gazetteer(state_path(FILE), own if own.exists() else None)
