"""The numbers that linking works with, from data/linking/rules.toml, checked on load."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportedly.errors import ResourceError
from reportedly.resources import data_path, read_toml

_KEYS: Mapping[str, tuple[str, ...]] = {
    "time": ("window",),
    "place": (
        "near_km",
        "near_value",
        "around_km",
        "around_value",
        "containing_value",
        "region_radius_km",
        "default_radius_km",
    ),
    "parties": (
        "same_ratio",
        "alike_value",
        "same_country_value",
        "same_sector_value",
        "other_sector_value",
        "state_sectors",
        "state_value",
        "person_value",
        "head_value",
        "other_head_value",
        "kinds",
        "unsaid",
        "alike",
    ),
    "words": ("terms", "quotes", "same_quote", "stop"),
    "context": ("terms", "least", "keys", "window", "most"),
    "summary": ("prepositions", "plural"),
    "types": ("symmetric", "kin"),
    "clusters": ("link", "main", "slips", "days", "piece", "most"),
    "copies": (
        "shingle",
        "bands",
        "rows",
        "marks",
        "whole",
        "near",
        "sentence_words",
        "sentence_share",
        "least_sentences",
        "part_words",
        "common",
    ),
    "origins": ("same_sentence_words", "same_sentence_ratio", "platforms"),
    "speaking": ("no_authority",),
    "disagreements": ("compared", "civil", "armed", "civil_sectors", "armed_sectors", "modes"),
}
_FREE = "phrases"  # by event type and mode, whichever the ontology has


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a summary tells a happening: see [phrases] in data/linking/rules.toml. Pairs are singular and plural."""

    do: tuple[str, str]
    alone: tuple[str, str] | None
    done: str | None
    noun: str


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """data/linking/rules.toml by section, with what is looked up often as sets. `digest` names this version."""

    time: Mapping[str, Any]
    place: Mapping[str, float]
    parties: Mapping[str, Any]
    words: Mapping[str, Any]
    context: Mapping[str, Any]
    copies: Mapping[str, Any]
    origins: Mapping[str, Any]
    disagreements: Mapping[str, Any]
    phrases: Mapping[str, Phrase]
    prepositions: tuple[str, ...]
    plural: frozenset[str]
    clusters: Mapping[str, float]
    stop: frozenset[str]
    symmetric: frozenset[str]
    kin: frozenset[frozenset[str]]
    kinds: frozenset[str]
    unsaid: frozenset[str]
    alike: Mapping[str, str]
    state_sectors: frozenset[str]
    no_authority: frozenset[str]
    digest: str

    @property
    def platforms(self) -> frozenset[str]:
        """Platforms on which others publish."""
        return frozenset(self.origins["platforms"])

    def family(self, kind: str) -> frozenset[str]:
        """A type and its kin."""
        return frozenset({kind}).union(*(pair for pair in self.kin if kind in pair))

    def phrase(self, kind: str, mode: str | None) -> Phrase:
        """How a happening of this type and mode is told; that of the type where the mode has none of its own."""
        plain = Phrase(("acts towards {}", "act towards {}"), ("acts", "act"), None, kind.lower())
        return self.phrases.get(f"{kind}.{mode}") or self.phrases.get(kind) or plain


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules that come with the package.

    Raises ResourceError when a section or key is missing or unknown, or a number lies outside its range.
    """
    path = data_path("linking/rules.toml")
    return rules_from(read_toml(path), str(path))


def rules_from(table: Mapping[str, Any], where: str) -> Rules:
    """Rules from a parsed table; `where` names it in complaints. Raises ResourceError."""
    _check(table, where)
    types = table["types"]
    return Rules(
        **{key: table[key] for key in _KEYS if key not in ("types", "summary", "speaking")},
        phrases={name: _phrase(raw, f"{where}: [{_FREE}] {name}") for name, raw in table[_FREE].items()},
        prepositions=tuple(table["summary"]["prepositions"]),
        plural=frozenset(table["summary"]["plural"]),
        stop=frozenset(table["words"]["stop"]),
        symmetric=frozenset(types["symmetric"]),
        kin=frozenset(frozenset(pair) for pair in types["kin"]),
        kinds=frozenset(table["parties"]["kinds"]),
        unsaid=frozenset(table["parties"]["unsaid"]),
        alike={word: line[0] for line in table["parties"]["alike"] for word in line},
        state_sectors=frozenset(table["parties"]["state_sectors"]),
        no_authority=frozenset(table["speaking"]["no_authority"]),
        digest=hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:12],
    )


def _phrase(raw: Mapping[str, Any], where: str) -> Phrase:
    if unknown := raw.keys() - {"do", "alone", "done", "noun"}:
        raise ResourceError(f"{where} has {', '.join(sorted(unknown))}; it may have do, alone, done, noun")
    pairs = {name: tuple(raw[name]) for name in ("do", "alone") if name in raw}
    if "do" not in raw or "noun" not in raw or any(len(pair) != 2 for pair in pairs.values()):
        raise ResourceError(f"{where} must have `noun`, and `do` (and `alone`) in singular and plural")
    if not all("{}" in words for words in (*raw["do"], raw.get("done", "{}"))):
        raise ResourceError(f"{where}: `do` and `done` must say where those towards whom stand: {{}}")
    return Phrase(do=pairs["do"], alone=pairs.get("alone"), done=raw.get("done"), noun=raw["noun"])


def _check(table: Mapping[str, Any], where: str) -> None:
    if set(table) != {*_KEYS, _FREE}:
        raise ResourceError(f"{where}: sections {sorted(table)}; they must be {sorted([*_KEYS, _FREE])}")
    for section, keys in _KEYS.items():
        if set(table[section]) != set(keys):
            raise ResourceError(f"{where}: [{section}] has {sorted(table[section])}; it must have {sorted(keys)}")
    for key in ("link", "main", "slips"):
        if not 0 <= table["clusters"][key] <= 1:
            raise ResourceError(f"{where}: [clusters] {key} is {table['clusters'][key]}; it must lie from 0 to 1")
    for pair in table["types"]["kin"]:
        if len(set(pair)) != 2:
            raise ResourceError(f"{where}: [types] kin has {pair}; it must hold pairs of two types")
