"""Reads actor and agent dictionaries in the format of TABARI, PETRARCH and UniversalPETRARCH into our own tables.

An entry is a line `NAME_ [CODE dates]`; lines that start with `+` are synonyms of it, indented lines in brackets are
further codes, dated `870501-920416`, `<870501` or `>20140912`; what follows `;` or `#` is a comment. Agents have codes
that start with `~`. Codes are CAMEO's: a country or an international code and then roles, three letters each.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportedly.errors import ResourceError

# CAMEO's roles as PLOVER's sectors; those without one are left out and said.
_SECTORS = {
    **{
        code: code
        for code in (
            "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP",
            "PRM", "PTY", "REB", "REF", "REL", "SPY", "UAF",
        )
    },
    "INS": "REB", "SEP": "REB", "RAD": "REB", "MOD": "SOC", "SET": "CVL", "HLH": "MED", "UIS": "UNK", "UNS": "UNK",
    "NON": "", "AMN": "CVL", "SOC": "SOC", "PRE": "PRE",
}  # fmt: skip
_STATELESS = {
    "IGO": "IGO",
    "NGO": "NGO",
    "NGM": "NGO",
    "IMG": "IMG",
    "MNC": "MNC",
    "EUR": "EUR",
    "EEC": "EUR",
    "UNO": "UNO",
}
_CODE = re.compile(r"\[([^\]]*)\]")
_DATES = re.compile(r"(?P<how>[<>])?\s*(?P<first>\d{6,8})(?:\s*-\s*(?P<last>\d{6,8}))?$")
_PIVOT = 30  # two-digit years from here on are of the last century
_COUNTRY, _LETTERS = re.compile(r"[A-Z]{3}"), 3
TABLES = {
    "organisations": ("name", "aliases", "kind", "country", "sectors"),
    "people": ("name", "aliases", "country", "sectors", "office", "since", "until"),
    "roles": ("noun", "sectors", "kind", "example"),
}


@dataclass(frozen=True, slots=True)
class Coded:
    """One code of an entry and the days that it holds for."""

    country: str | None
    sectors: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None
    agent: bool


@dataclass(slots=True)
class Imported:
    """Rows by table, and what could not be used, as (line number, why)."""

    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    skipped: list[tuple[int, str]] = field(default_factory=list)


def read_petrarch(path: Path, countries: frozenset[str]) -> Imported:
    """The rows of a dictionary; `countries` are the codes known. Raises ResourceError for a file without an entry."""
    found = Imported()
    entries = 0
    for line, names, codes in _entries(path, found, countries):
        entries += 1
        if not codes:
            found.skipped.append((line, f"{names[0]}: no code that can be used"))
            continue
        _add(found, line, names, codes)
    if not entries:
        raise ResourceError(f"{path}: no entry of the form `NAME_ [CODE]` in it; it is no PETRARCH dictionary")
    return found


def _entries(path: Path, found: Imported, countries: frozenset[str]) -> Iterator[tuple[int, list[str], list[Coded]]]:
    names: list[str] = []
    codes: list[Coded] = []
    at = 0
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: cannot be read ({error})") from error
    for number, raw in enumerate(lines, 1):
        text = re.split(r"[;#]", raw, maxsplit=1)[0].rstrip()
        words = _CODE.sub("", text).strip()
        if not text:
            continue
        if text.lstrip().startswith(("<", "!", ".")):
            found.skipped.append((number, f"{text.strip()[:40]}: a directive or a set of words, no entry"))
            continue
        if words.startswith("+"):
            names.append(_name(words[1:]))
        elif words:
            if names:
                yield at, names, codes
            names, codes, at = [_name(words)], [], number
        for code in _CODE.findall(text):
            coded = _coded(code, number, found, countries)
            if coded is not None:
                codes.append(coded)
    if names:
        yield at, names, codes


def _name(words: str) -> str:
    """ "MOHAMMAD_NAJIBULLAH_" as news writes it; a plural in braces is left to our own rules."""
    plain = re.sub(r"\{[^}]*\}", "", words).replace("_", " ").strip(" -")
    return " ".join(part.capitalize() if part.isupper() and len(part) > 1 else part for part in plain.split())


def _coded(code: str, line: int, found: Imported, countries: frozenset[str]) -> Coded | None:
    parts = code.split()
    if not parts or not re.fullmatch(r"~?[A-Z]*", parts[0]):
        found.skipped.append((line, f"[{code}]: no code"))
        return None
    agent, letters = parts[0].startswith("~"), parts[0].lstrip("~")
    pieces = [letters[i : i + _LETTERS] for i in range(0, len(letters), _LETTERS)]
    country = None
    if pieces and not agent and (pieces[0] in countries or pieces[0] in _STATELESS):
        country = _STATELESS.get(pieces[0], pieces[0])
        pieces = pieces[1:]
    unknown = [piece for piece in pieces if piece not in _SECTORS]
    sectors = tuple(dict.fromkeys(s for piece in pieces if (s := _SECTORS.get(piece))))
    if unknown:
        found.skipped.append((line, f"[{code}]: {' '.join(unknown)} unknown"))
    if country is None and not sectors:
        return None
    try:
        since, until = _days(" ".join(parts[1:]))
    except ValueError:
        found.skipped.append((line, f"[{code}]: dates not understood"))
        return None
    return Coded(country, sectors, since, until, agent)


def _days(words: str) -> tuple[dt.date | None, dt.date | None]:
    if not words:
        return None, None
    match = _DATES.match(words)
    if match is None:
        raise ValueError(words)
    first, last = _day(match["first"]), _day(match["last"]) if match["last"] else None
    if match["how"] == "<":
        return None, first
    return first, last


def _day(digits: str) -> dt.date:
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) >= _PIVOT else "20") + digits
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _add(found: Imported, line: int, names: list[str], codes: list[Coded]) -> None:
    name, aliases = names[0], ";".join(dict.fromkeys(n for n in names[1:] if n and n != names[0]))
    if codes[0].agent:
        for noun in dict.fromkeys(n.lower() for n in names if n):
            found.rows["roles"].append((noun, ";".join(codes[0].sectors), "person", noun))
        return
    dated = [code for code in codes if code.since or code.until]
    if left := len(codes) - (len(dated) or 1):
        found.skipped.append((line, f"{name}: {left} more codes without dates"))
    if not dated:
        code = codes[0]
        kind = "group" if {"REB", "UAF", "PRM", "CRM"} & set(code.sectors) else "organisation"
        found.rows["organisations"].append((name, aliases, kind, code.country or "", ";".join(code.sectors)))
        return
    for order, code in enumerate(dated):
        days = (day.isoformat() if day else "" for day in (code.since, code.until))
        office = "office holder" if order == 0 else f"office holder ({order + 1})"
        held = (code.country or "", ";".join(code.sectors), office, *days)
        found.rows["people"].append((name, aliases if order == 0 else "", *held))


def write_tables(imported: Imported, folder: Path) -> dict[str, int]:
    """Adds the rows to the tables in `folder`, each once; gives how many rows each table has now."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for table, columns in TABLES.items():
        path = folder / f"{table}.csv"
        rows: dict[tuple[str, ...], None] = {}
        if path.exists():
            with path.open(encoding="utf-8", newline="") as handle:
                rows.update(dict.fromkeys(tuple(row) for row in list(csv.reader(handle))[1:]))
        rows.update(dict.fromkeys(imported.rows[table]))
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        sizes[table] = len(rows)
    return sizes
