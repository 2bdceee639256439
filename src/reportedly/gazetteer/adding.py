"""Adds places of the user's to a file of their own: from GeoNames' dumps, and from tables with the columns of ours.

Rows go through SQLite's temporary tables and are sorted there, so that a file of any size passes in the same memory.
"""

import csv
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportedly.errors import ResourceError
from reportedly.gazetteer.dumps import Tally, is_dump, read_dump
from reportedly.gazetteer.own import OWN_FILE, OWN_SCHEMA
from reportedly.gazetteer.rows import REGION_COLUMNS, PlaceRow, region_row
from reportedly.gazetteer.store import Tier, open_gazetteer
from reportedly.resources import read_csv, state_path

Watch = Callable[[Path, int], None]

# Ids of a table's rows: below those that the built file has for ours, and exact in any number of 64 bits.
_FIRST_ID, _IDS = 1_000_001, 2**52
_EVERY = 20_000  # lines between two calls of `watch`
_PLACE = """(id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL,
             lon REAL, population INTEGER, radius REAL)"""
_TABLES = f"""
CREATE TABLE IF NOT EXISTS main.place {_PLACE};
CREATE TABLE IF NOT EXISTS main.name (key TEXT, place INTEGER, tier INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS main.source (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TEMP TABLE new_place {_PLACE};
CREATE TEMP TABLE new_name (key TEXT, place INTEGER, tier INTEGER);
PRAGMA main.user_version = {OWN_SCHEMA};
"""
_AGAIN = "SELECT EXISTS (SELECT 1 FROM new_place JOIN main.place USING (id))"
_FORGET = "DELETE FROM main.name WHERE place IN (SELECT id FROM new_place)"
_MERGE = (
    "INSERT OR REPLACE INTO main.place SELECT * FROM new_place",
    "INSERT INTO main.name SELECT * FROM new_name ORDER BY key, place",
    "DELETE FROM new_place",
    "DELETE FROM new_name",
)


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: `places` in the own file now, and whether its content is another than before."""

    path: Path
    places: int
    changed: bool
    files: tuple[Tally, ...]


def add_places(paths: Iterable[Path], watch: Watch | None = None) -> Added:
    """Adds the places of GeoNames' dumps and of tables to the own file: of all of them, or none when one is refused.

    A place that is there already is replaced; the same files again change nothing. `watch` hears of file and line.
    Raises ResourceError for a file that is neither, has nothing of use, or (a table) has a bad row, and when the own
    file cannot be written.
    """
    countries = open_gazetteer().countries()
    own = state_path(OWN_FILE)
    with _draft(own) as part:
        try:
            tallies, places, changed = _fill(part, paths, countries, watch)
        except sqlite3.Error as error:
            raise ResourceError(f"{own}: {error}; nothing was added") from error
        if changed:
            with part.open("rb") as handle:
                os.fsync(handle.fileno())
            os.replace(part, own)
    open_gazetteer.cache_clear()
    return Added(own, places, changed, tallies)


@contextmanager
def _draft(own: Path) -> Iterator[Path]:
    """A copy of the own file to work on, so that readers never see half of it; one process at a time."""
    part = own.with_name(own.name + ".part")
    try:
        own.parent.mkdir(parents=True, exist_ok=True)
        part.open("xb").close()
    except FileExistsError as error:
        raise ResourceError(f"{part}: places are being added by another process; if none runs, delete it") from error
    except OSError as error:
        raise ResourceError(f"{part}: {error.strerror}; places cannot be added there") from error
    try:
        _copy(own, part)
        yield part
    finally:
        part.unlink(missing_ok=True)


def _copy(own: Path, part: Path) -> None:
    try:
        shutil.copyfile(own, part)
    except FileNotFoundError:
        return  # the first time
    except OSError as error:
        raise ResourceError(f"{own}: cannot be copied to be added to ({error.strerror})") from error


def _fill(
    part: Path, paths: Iterable[Path], countries: Mapping[str, str], watch: Watch | None
) -> tuple[tuple[Tally, ...], int, bool]:
    db = sqlite3.connect(part, isolation_level=None)
    try:
        db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;"
            + _TABLES
        )
        db.execute("BEGIN")
        tallies = tuple(_add_file(db, path, countries, watch) for path in paths)
        before = dict(db.execute("SELECT key, value FROM main.source"))
        after = {"digest": _digest(db), "places": str(db.execute("SELECT count(*) FROM main.place").fetchone()[0])}
        db.executemany("INSERT OR REPLACE INTO main.source VALUES (?, ?)", after.items())
        db.execute("COMMIT")
        return tallies, int(after["places"]), before != after
    finally:
        db.close()


def _add_file(db: sqlite3.Connection, path: Path, countries: Mapping[str, str], watch: Watch | None) -> Tally:
    tally = Tally(path)
    dump = is_dump(path)
    rows = read_dump(path, countries, tally) if dump else _table(path, frozenset(countries.values()))
    for number, (line, place) in enumerate(rows):
        if watch and number % _EVERY == 0:
            watch(path, line)
        keys = place.keys()
        if not keys:  # named in another script only; a table's rows are refused for that
            tally.left_out += 1
        elif _stage(db, place, keys):
            tally.places += 1
        elif dump:
            tally.skip(line, f"geonameid {place.id} stands on an earlier line too")
        else:
            raise ResourceError(f"{path}:{line}: {place.name} stands on an earlier line too; take one of them out")
    if not tally.places:
        why = "".join(f"; line {line}: {reason}" for line, reason in tally.named[:1])
        lines = f"{tally.skipped} lines broken, {tally.left_out} left out"
        raise ResourceError(f"{path}: no place in it ({lines}{why}); nothing was added")
    if db.execute(_AGAIN).fetchone()[0]:
        db.execute(_FORGET)
    for command in _MERGE:
        db.execute(command)
    return tally


def _stage(db: sqlite3.Connection, place: PlaceRow, keys: Mapping[str, Tier]) -> bool:
    """False for an id that the file had before."""
    row = (
        place.id, place.name, place.kind, place.country, place.admin1, place.lat, place.lon, place.population,
        round(place.radius, 1),
    )  # fmt: skip
    if not db.execute("INSERT OR IGNORE INTO new_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row).rowcount:
        return False
    db.executemany("INSERT INTO new_name VALUES (?, ?, ?)", [(key, place.id, int(tier)) for key, tier in keys.items()])
    return True


def _table(path: Path, countries: frozenset[str]) -> Iterator[tuple[int, PlaceRow]]:
    """The rows of a table with the columns of ours, each with its line."""
    try:
        rows = list(read_csv(path, REGION_COLUMNS))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ResourceError(f"{path}: {error}; save it as CSV in UTF-8") from error
    for line, row in rows:
        facts = "|".join(row[column] for column in ("name", "kind", "country", "lat", "lon"))
        number = int(hashlib.sha256(facts.encode()).hexdigest(), 16) % _IDS
        place = region_row(path, line, row, -_FIRST_ID - number)
        if place.country and place.country not in countries:
            raise ResourceError(f"{path}:{line}: country {place.country!r} is no alpha-3 code; leave it empty for none")
        if not place.keys():
            raise ResourceError(f"{path}:{line}: no name of two or more Latin letters")
        yield line, place


def _digest(db: sqlite3.Connection) -> str:
    """Of the content, so that neither the order of adding nor what was added twice matters."""
    found = hashlib.sha256()
    for query in ("SELECT * FROM main.place ORDER BY id", "SELECT * FROM main.name ORDER BY key, place"):
        for row in db.execute(query):
            found.update(repr(row).encode())
    return found.hexdigest()[:12]
