"""The gazetteer: which places a name may mean. One SQLite file, built at setup from packages and our own tables."""

from pathlib import Path

from reportedly.gazetteer.names import normalise, without_possessive
from reportedly.gazetteer.store import FILE, Candidate, Gazetteer, Kind, Tier, open_gazetteer
from reportedly.resources import state_path

__all__ = ["Candidate", "Gazetteer", "Kind", "Tier", "build", "normalise", "open_gazetteer", "without_possessive"]


def build(path: Path | None = None) -> Path:
    """Makes the gazetteer file at `path` (default: where `open_gazetteer` looks) and returns where it is.

    Takes about a minute; the same packages and tables give the same file. An older file is replaced whole.
    Raises ResourceError for a bad row in our tables.
    """
    # The packages that it reads hold 200 MB of JSON and are needed at setup only.
    from reportedly.gazetteer.making import make

    made = make(path or state_path(FILE))
    open_gazetteer.cache_clear()
    return made
