"""The names of outlets alone: which names are one outlet's. Reads a few hundred rows, not the whole directory."""

import functools
from collections.abc import Mapping
from types import MappingProxyType

from reportedly.resources import data_path, read_csv


@functools.lru_cache(maxsize=1)
def outlet_names() -> Mapping[str, str]:
    """Canonical name by every name of an outlet, both as written in `organisations.csv`.

    Raises ResourceError with file and line on a row that is not as wide as its heading.
    """
    columns = ("name", "aliases", "kind", "country", "sectors")
    found: dict[str, str] = {}
    for _, row in read_csv(data_path("actors") / "organisations.csv", columns):
        if row["kind"] == "outlet":
            for name in (row["name"], *(alias.strip() for alias in row["aliases"].split(";"))):
                if name:
                    found.setdefault(name, row["name"])
    return MappingProxyType(found)
