"""The user's own places: a second file beside the gazetteer's, which building that one anew leaves alone."""

import sqlite3
from pathlib import Path

from reportedly.errors import ResourceError

OWN_FILE = "own-gazetteer.sqlite"
OWN_SCHEMA = 1

# A place has the names that either file gives it. Where both have the place, the own row wins, but for countries and
# their first two levels: the built file has them in English, with people and radius counted from their towns, which a
# dump lacks. The most peopled come first; among the unpeopled, those of tables (ids below 0) before a dump's hills.
FIND_BOTH = """
WITH hit AS (
    SELECT place, min(tier) AS tier
    FROM (SELECT place, tier FROM own.name WHERE key = ?1 UNION ALL SELECT place, tier FROM main.name WHERE key = ?1)
    GROUP BY place
), found AS (
    SELECT mine.*, hit.tier, 1 AS own
    FROM hit JOIN own.place AS mine ON mine.id = hit.place LEFT JOIN main.place AS ours ON ours.id = hit.place
    WHERE ours.id IS NULL OR ours.kind NOT IN ('country', 'admin1', 'admin2')
    UNION ALL
    SELECT ours.*, hit.tier, 0 AS own
    FROM hit JOIN main.place AS ours ON ours.id = hit.place LEFT JOIN own.place AS mine ON mine.id = hit.place
    WHERE mine.id IS NULL OR ours.kind IN ('country', 'admin1', 'admin2')
)
SELECT id, name, kind, country, admin1, lat, lon, population, radius, tier
FROM found ORDER BY population DESC, id < 0 DESC, own DESC, id LIMIT ?2
"""


def attach(db: sqlite3.Connection, path: Path) -> None:
    """Makes the own places at `path` known to a connection as `own`. Raises ResourceError when they cannot be used."""
    remedy = "delete it and add your places again with `reportedly gazetteer add`"
    try:
        db.execute("ATTACH ? AS own", (f"{path.resolve().as_uri()}?mode=ro&immutable=1",))
        version = db.execute("PRAGMA own.user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise ResourceError(f"{path}: {error}; {remedy}") from error
    if version != OWN_SCHEMA:
        raise ResourceError(f"{path}: version {version}, not {OWN_SCHEMA}; {remedy}")


def facts(db: sqlite3.Connection) -> dict[str, str]:
    """What the own file says of itself: `digest` of its content, and how many `places`."""
    return dict(db.execute("SELECT key, value FROM own.source"))
