"""Reads GeoNames' dumps (`allCountries.txt`, a country's, `cities500.txt`) line by line: plain, zipped or gzipped."""

import functools
import gzip
import itertools
import math
import typing
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from reportedly.errors import ResourceError
from reportedly.gazetteer.names import normalise, shorter
from reportedly.gazetteer.rows import MIN_RADIUS, REGION_COLUMNS, PlaceRow, abbreviated, town_names, town_radius
from reportedly.gazetteer.store import Kind, Tier
from reportedly.resources import data_path, read_csv

COLUMNS = 19
_CLASSES = frozenset("AHLPRSTUV")
_FEATURES = ("feature", "kind", "radius_km", "meaning")
_AREAS = frozenset({"country", "admin1", "admin2"})
_SNIFFED = 20  # lines that are looked at to tell what a file is, so that a broken first one does no harm
_NAMED = 20  # broken lines that are kept to be named
_LONGEST = 1_000_000  # bytes; GeoNames' longest line has some 15,000
_PEOPLE_PER_KM2 = 60.0  # of land, the world over: how wide a region is whose people alone are known
_MOST_PEOPLE, _LAST_ID = 10**10, 2**53


@dataclass(slots=True)
class Tally:
    """What became of a file's lines: places taken, lines of features that are no places here, broken lines."""

    path: Path
    places: int = 0
    left_out: int = 0
    skipped: int = 0
    named: list[tuple[int, str]] = field(default_factory=list)  # the first broken lines, each with what is wrong

    def skip(self, line: int, why: str) -> None:
        """Counts a line that cannot be used."""
        self.skipped += 1
        if len(self.named) < _NAMED:
            self.named.append((line, why))


@functools.lru_cache(maxsize=1)
def load_features() -> Mapping[str, tuple[str, float]]:
    """Kind and radius by GeoNames' feature, of data/places/features.csv. Raises ResourceError for a bad row."""
    path = data_path("places/features.csv")
    kinds = frozenset(typing.get_args(Kind))
    found: dict[str, tuple[str, float]] = {}
    for line, row in read_csv(path, _FEATURES):
        feature, radius = row["feature"], row["radius_km"]
        if feature in found or feature.partition(".")[0] not in _CLASSES:
            raise ResourceError(f"{path}:{line}: feature {feature!r} is no class of GeoNames, or stands there twice")
        if row["kind"] not in kinds or not radius.isdigit():
            raise ResourceError(f"{path}:{line}: kind {row['kind']!r} or radius_km {radius!r} cannot be used")
        found[feature] = (row["kind"], float(radius))
    return found


def is_dump(path: Path) -> bool:
    """Whether a file is a GeoNames dump; False for a table with our columns. Raises ResourceError for anything else."""
    with _opened(path) as handle:
        head = list(itertools.islice(_lines(path, handle), _SNIFFED))
    if not head:
        raise ResourceError(f"{path}: it is empty")
    rows = [line.decode("utf-8", "replace").rstrip("\r\n").split("\t") for _, line in head]
    if any(len(row) == COLUMNS and row[0].isdigit() for row in rows):
        return True
    # The mark that spreadsheets write before the first letter.
    if rows[0][0].removeprefix("\ufeff") == ",".join(REGION_COLUMNS):
        return False
    raise ResourceError(
        f"{path}:{head[0][0]}: {len(rows[0])} values between tabs, where a GeoNames dump has {COLUMNS}; nor is it the "
        f"header of a table of places, {','.join(REGION_COLUMNS)}. Give a file like IQ.txt or IQ.zip, or a table"
    )


def read_dump(path: Path, countries: Mapping[str, str], tally: Tally) -> Iterator[tuple[int, PlaceRow]]:
    """The places of a dump, each with its line; `countries` are alpha-3 codes by alpha-2 codes.

    Broken lines and those of no use are counted in `tally`. Raises ResourceError for a file that is cut off.
    """
    features = load_features()
    with _opened(path) as handle:
        for number, line in _lines(path, handle):
            try:
                place = _place(line, features, countries)
            except ValueError as error:
                tally.skip(number, str(error))
                continue
            if place is None:
                tally.left_out += 1
            else:
                yield number, place


def _place(line: bytes, features: Mapping[str, tuple[str, float]], countries: Mapping[str, str]) -> PlaceRow | None:
    """The place of a line, None for a feature that is none. Raises ValueError that says what is wrong."""
    cells = line.decode("utf-8").rstrip("\r\n").split("\t")  # UnicodeDecodeError is a ValueError and says the byte
    if len(cells) != COLUMNS:
        raise ValueError(f"{len(cells)} values between tabs, not {COLUMNS}")
    number, name, plain, others, lat, lon, group, code, country, _, admin1, *_ = cells
    if group not in _CLASSES and group:
        raise ValueError(f"feature class {group[:20]!r} is none of {', '.join(sorted(_CLASSES))}")
    kind, radius = features.get(f"{group}.{code}") or features.get(group) or ("", 0.0)
    if not kind:
        return None
    if country and country not in countries:
        raise ValueError(f"country {country[:20]!r} unknown")
    people = _whole(cells[14] or "0", "population", _MOST_PEOPLE)
    area = kind in _AREAS
    place = PlaceRow(
        _whole(number, "geonameid", _LAST_ID), name, kind, countries.get(country, ""),
        f"{country}.{admin1}" if country and admin1 and kind != "country" else "",
        _degrees(lat, "latitude", 90), _degrees(lon, "longitude", 180), people, _radius(kind, people, radius),
    )  # fmt: skip
    if place.id == 0 or not name.strip():
        raise ValueError("no geonameid or no name")
    alternates = [other for other in others.split(",") if other]
    place.names = _area_names(name, alternates) if area else town_names(name, alternates)
    place.names.append((plain, Tier.MAIN))
    return place


def _radius(kind: str, people: int, guess: float) -> float:
    if kind in ("city", "capital"):
        return town_radius(people) if people else guess
    if kind in _AREAS and people:
        return max(MIN_RADIUS, math.sqrt(people / _PEOPLE_PER_KM2 / math.pi))
    return guess


def _area_names(name: str, others: list[str]) -> list[tuple[str, Tier]]:
    names = [(name, Tier.MAIN), *((other, abbreviated(other, Tier.ALTERNATE)) for other in others)]
    short = [shorter(normalise(full)) for full, _ in names]
    return [*names, *((part, Tier.DERIVED) for part in short if part)]


def _whole(cell: str, what: str, most: int) -> int:
    if not (cell.isascii() and cell.isdigit() and int(cell) <= most):
        raise ValueError(f"{what} {cell[:20]!r} is no whole number up to {most}")
    return int(cell)


def _degrees(cell: str, what: str, most: int) -> float:
    try:
        degrees = float(cell)
    except ValueError:
        degrees = math.nan
    if not -most <= degrees <= most:
        raise ValueError(f"{what} {cell[:20]!r} is no number of degrees up to {most}")
    return degrees


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked; by its first bytes, not its name."""
    try:
        handle = path.open("rb")
    except OSError as error:
        raise ResourceError(f"{path}: {error.strerror}") from error
    with handle:
        start = handle.read(4)
        handle.seek(0)
        if start.startswith(b"\x1f\x8b"):
            with gzip.open(handle) as unpacked:
                yield typing.cast(IO[bytes], unpacked)
        elif start in (b"PK\x03\x04", b"PK\x05\x06"):
            with _member(path, handle) as unpacked:
                yield unpacked
        else:
            yield handle


def _member(path: Path, handle: IO[bytes]) -> IO[bytes]:
    """The .txt of the same name in a zip, or the only one beside GeoNames' readme."""
    try:
        archive = zipfile.ZipFile(handle)
    except zipfile.BadZipFile as error:
        raise ResourceError(f"{path}: {error}; fetch it again") from error
    names = [name for name in archive.namelist() if name.endswith(".txt") and name != "readme.txt"]
    same = [name for name in names if name == f"{path.stem}.txt"] or names
    if len(same) != 1:
        raise ResourceError(f"{path}: no {path.stem}.txt in it ({', '.join(archive.namelist()[:9])}); unpack it first")
    try:
        return archive.open(same[0])
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        raise ResourceError(f"{path}: {error}; unpack it first") from error


def _lines(path: Path, handle: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, numbered from 1."""
    number = 0
    while True:
        number += 1
        try:
            line = handle.readline(_LONGEST)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise ResourceError(f"{path}:{number}: cut off or damaged ({error}); fetch it again") from error
        if not line:
            return
        if len(line) == _LONGEST:
            raise ResourceError(f"{path}:{number}: a line of over {_LONGEST} bytes; this is no list of places")
        if not line.isspace():
            yield number, line
