"""The names of outlets alone: which names are one outlet's. Reads a few hundred rows, not the whole directory."""

import functools
import re
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


_PARTS = re.compile(r"(?:www|m|mobile|edition|news|blogs?|money|amp|i\d+)\.", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:co|com|org|net|info|news|tv|[a-z]{2})(?:\.[a-z]{2})?$", re.IGNORECASE)


def site_label(address: str) -> str | None:
    """What the address of a site calls an outlet: "coastwire" in "www.coastwire.co.uk"; None for no address."""
    host = _host(address)
    return _ENDING.sub("", host).rsplit(".", 1)[-1].lower() if host else None


def site_outlet(address: str) -> str | None:
    """The canonical name of the known outlet that has a site, by its address."""
    host = _host(address)
    if host is None:
        return None
    return outlet_names().get(host) or _by_label().get(site_label(host) or "")


def _host(address: str) -> str | None:
    host = re.sub(r"^https?://", "", address, flags=re.IGNORECASE).split("/")[0].lower()
    if " " in host or "@" in host or not _ENDING.search(host):
        return None
    while (part := _PARTS.match(host)) and _ENDING.search(host[part.end() :]):
        host = host[part.end() :]
    return host


@functools.lru_cache(maxsize=1)
def _by_label() -> Mapping[str, str]:
    """Canonical name by every name as addresses have it: small, in one word, with and without "the"."""
    found: dict[str, str] = {}
    for name, canonical in outlet_names().items():
        joined = re.sub(r"[^\w]", "", name).lower()
        for label in (joined, joined.removeprefix("the")):
            found.setdefault(label, canonical)
    return MappingProxyType(found)
