"""Reads the directory's files and checks every row with file and line."""

import datetime as dt
import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

from reportedly.directory.entries import STATELESS, Directory, Gender, Item, ItemKind, Office
from reportedly.directory.folding import split_words
from reportedly.errors import ResourceError
from reportedly.resources import data_path, read_csv, sha256_of, state_path

# PLOVER manual 0.8.
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()  # noqa: SIM905
)
_COUNTRIES = ("code", "name", "capital", "demonyms", "aliases")
_ORGANISATIONS = ("name", "aliases", "kind", "country", "sectors")
_PEOPLE = ("name", "aliases", "country", "sectors", "office", "since", "until")
_ROLES = ("noun", "sectors", "kind", "example")
_TITLES = ("title", "sectors", "gender")
_GENDERS = ("word", "gender")
_ROLE_KINDS = frozenset({"person", "official", "group", "other"})
_CODE = re.compile(r"[A-Z]{3}\Z")

Entry = tuple[str, Item]


def own_folder() -> Path:
    """Where a user's own tables lie: `organisations.csv`, `people.csv` and `roles.csv`, any of them."""
    return state_path("own-actors")


def own_digest() -> str | None:
    """Twelve hex digits that stand for a user's own tables; None where there are none."""
    paths = sorted(own_folder().glob("*.csv"))
    return hashlib.sha256("".join(map(sha256_of, paths)).encode()).hexdigest()[:12] if paths else None


@functools.lru_cache(maxsize=1)
def load_directory() -> Directory:
    """The directory that comes with the package, a user's own tables before it.

    Raises ResourceError with file and line on a bad row.
    """
    return read_directory(data_path("actors"), own_folder())


def read_directory(folder: Path, own: Path | None = None) -> Directory:
    """A directory from the six files in `folder`, after the tables of `own` if there are any.

    Raises ResourceError with file and line on a bad row.
    """
    for name in ("countries", "organisations", "people", "roles", "titles", "genders"):
        if not (folder / f"{name}.csv").exists():
            raise ResourceError(f"{folder / name}.csv: no such file; install reportedly again")
    countries: dict[str, Item] = {}
    entries = list(_read_countries(folder / "countries.csv", countries))
    known = frozenset(countries) | STATELESS
    readers = (("organisations", _read_organisations), ("people", _read_people))
    for name, reader in readers:
        if own is not None and (own / f"{name}.csv").exists():
            entries.extend(reader(own / f"{name}.csv", known))
    if own is not None and (own / "roles.csv").exists():
        entries.extend(_read_roles(own / "roles.csv"))
    entries.extend(_read_organisations(folder / "organisations.csv", known))
    entries.extend(_read_people(folder / "people.csv", known))
    entries.extend(_read_titles(folder / "titles.csv"))
    entries.extend(_read_roles(folder / "roles.csv"))
    return Directory(entries, countries, dict(_read_genders(folder / "genders.csv")))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, cell.split(";")) if part)


def _forms(at: str, *forms: str) -> tuple[str, ...]:
    """The written forms of an entry, each once. Raises ResourceError for one without a letter or digit."""
    for form in forms:
        if not split_words(form):
            raise ResourceError(f"{at}: {form!r} has no word in it")
    return tuple(dict.fromkeys(forms))


def _sectors(at: str, cell: str) -> tuple[str, ...]:
    sectors = _list(cell)
    if unknown := [sector for sector in sectors if sector not in SECTORS]:
        raise ResourceError(f"{at}: {', '.join(unknown)} is not a PLOVER sector; use {' '.join(sorted(SECTORS))}")
    return sectors


def _country(at: str, cell: str, known: frozenset[str]) -> str | None:
    if cell and cell not in known:
        raise ResourceError(f"{at}: {cell} is neither a code in countries.csv nor one of {' '.join(sorted(STATELESS))}")
    return cell or None


def _gender(at: str, cell: str) -> Gender:
    for gender in get_args(Gender):
        if cell == gender:
            return cell  # type: ignore[return-value]
    raise ResourceError(f"{at}: the gender is {cell!r}; it must be f or m")


def plurals(noun: str) -> tuple[str, ...]:
    """The plural forms of an English noun phrase: of its last word, or of the word before "of", "in", "general"."""
    words = noun.split()
    at = next((i - 1 for i, w in enumerate(words) if i and w.lower() in {"of", "in", "to", "for"}), len(words) - 1)
    word = words[at]
    lower = word.lower()
    if lower.endswith("man") and lower != "human":
        forms = [word[:-3] + "men"]
    elif lower.endswith("y") and lower[-2:-1] not in "aeiou":
        forms = [word[:-1] + "ies"]
    elif lower.endswith(("s", "x", "z", "ch", "sh")):
        forms = [word + "es"]
    elif lower.endswith("person"):
        forms = [word[:-6] + "people", word + "s"]
    elif lower.endswith("child"):
        forms = [word + "ren"]
    elif lower.endswith(("fe", "f")):
        forms = [word + "s", word.removesuffix("e").removesuffix("f") + "ves"]
    else:
        forms = [word + "s"]
    return tuple(" ".join([*words[:at], form, *words[at + 1 :]]) for form in forms)


def _read_countries(path: Path, countries: dict[str, Item]) -> Iterator[Entry]:
    for line, row in read_csv(path, _COUNTRIES):
        at = f"{path}:{line}"
        code = row["code"]
        if not _CODE.match(code) or code in STATELESS or code in countries:
            raise ResourceError(f"{at}: {code!r} is not three capital letters, or stands twice")
        country = Item(kind="country", name=row["name"], country=code)
        countries[code] = country
        for form in _forms(at, row["name"], *_list(row["aliases"])):
            yield form, country
        capital = replace(country, kind="capital", sectors=("GOV",))
        for form in _forms(at, *_list(row["capital"])):
            yield form, capital
        demonym = replace(country, kind="demonym")
        several = replace(demonym, plural=True)
        for form in _forms(at, *_list(row["demonyms"])):
            yield form, demonym
            for plural in plurals(form):
                yield plural, several


def _read_organisations(path: Path, known: frozenset[str]) -> Iterator[Entry]:
    kinds: dict[str, ItemKind] = {"organisation": "organisation", "group": "group", "outlet": "outlet"}
    for line, row in read_csv(path, _ORGANISATIONS):
        at = f"{path}:{line}"
        if row["kind"] not in kinds:
            raise ResourceError(f"{at}: the kind is {row['kind']!r}; it must be one of {', '.join(kinds)}")
        item = Item(
            kind=kinds[row["kind"]],
            name=row["name"],
            country=_country(at, row["country"], known),
            sectors=_sectors(at, row["sectors"]),
        )
        for form in _forms(at, row["name"], *_list(row["aliases"])):
            yield form, item


def _day(at: str, cell: str) -> dt.date | None:
    if not cell:
        return None
    try:
        return dt.date.fromisoformat(cell)
    except ValueError as error:
        raise ResourceError(f"{at}: {cell!r} is not a date of the form YYYY-MM-DD") from error


def _read_people(path: Path, known: frozenset[str]) -> Iterator[Entry]:
    """One entry a person: rows of one name are one person with several offices."""
    offices: dict[str, list[Office]] = {}
    forms: dict[str, dict[str, None]] = {}
    for line, row in read_csv(path, _PEOPLE):
        at = f"{path}:{line}"
        office = Office(
            title=row["office"],
            country=_country(at, row["country"], known),
            sectors=_sectors(at, row["sectors"]),
            since=_day(at, row["since"]),
            until=_day(at, row["until"]),
        )
        if not office.title:
            raise ResourceError(f"{at}: {row['name']} has no office")
        if office.since and office.until and office.since > office.until:
            raise ResourceError(f"{at}: the office ends on {office.until}, before it begins on {office.since}")
        offices.setdefault(row["name"], []).append(office)
        forms.setdefault(row["name"], {}).update(dict.fromkeys(_forms(at, row["name"], *_list(row["aliases"]))))
    for name, held in offices.items():
        held.sort(key=lambda office: office.since or dt.date.min)
        person = Item(kind="person", name=name, country=held[-1].country, offices=tuple(held))
        for form in forms[name]:
            yield form, person


def _read_titles(path: Path) -> Iterator[Entry]:
    for line, row in read_csv(path, _TITLES):
        at = f"{path}:{line}"
        gender = _gender(at, row["gender"]) if row["gender"] else None
        title = Item(kind="title", name=row["title"], sectors=_sectors(at, row["sectors"]), gender=gender)
        for form in _forms(at, row["title"]):
            yield form, title


def _read_roles(path: Path) -> Iterator[Entry]:
    for line, row in read_csv(path, _ROLES):
        at = f"{path}:{line}"
        if row["kind"] not in _ROLE_KINDS:
            known = ", ".join(sorted(_ROLE_KINDS))
            raise ResourceError(f"{at}: the kind is {row['kind']!r}; it must be one of {known}")
        if not row["example"]:
            raise ResourceError(f"{at}: {row['noun']!r} has no example")
        role = Item(kind="role", name=row["noun"], sectors=_sectors(at, row["sectors"]), detail=row["kind"])
        several = replace(role, plural=True)
        singular = _forms(at, row["noun"])
        for form in singular:
            yield form, role
            for plural in plurals(form):
                yield plural, several


def _read_genders(path: Path) -> Iterator[tuple[str, Gender]]:
    for line, row in read_csv(path, _GENDERS):
        at = f"{path}:{line}"
        word = split_words(row["word"])
        if len(word) != 1:
            raise ResourceError(f"{at}: {row['word']!r} is not one word")
        yield word[0].key, _gender(at, row["gender"])
