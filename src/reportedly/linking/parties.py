"""How well the parties of two reports agree. What is not said is compatible; what is worded otherwise is weak."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from reportedly.linking.rules import Rules
from reportedly.linking.text import name_key, words
from reportedly.records import Party

# What follows these says more about the head before them ("boat from Puerto Cabezas", "member of the crew").
_AFTER_HEAD = frozenset(("of", "in", "from", "at", "near", "on", "off", "with", "who", "that", "which", "for", "by"))
_ARTICLES = frozenset(("the", "a", "an", "its", "their", "his", "her", "some", "many", "several", "two", "three"))


@dataclass(frozen=True, slots=True, eq=False)
class Who:
    """A party as it is compared. `proper`: it is told apart by a name or a state, not by a common noun alone.
    `named`: its head itself is a name ("Honduras", and not "Honduran navy"). `names`: its words with a capital.

    Compared by identity: the same party is made once (see `_who`), so pairs of them are quickly looked up.
    """

    key: str
    head: str
    country: str | None
    sectors: tuple[str, ...]
    coded: bool
    proper: bool
    named: bool
    names: frozenset[str]
    person: bool


@lru_cache(maxsize=8192)
def _who(name: str | None, text: str, country: str | None, sectors: tuple[str, ...], person: bool, rules: Rules) -> Who:
    shown = name or text
    head = head_of(shown)
    parts = shown.split() or [""]
    # "Families", at the start of a sentence, is no name: what has not been resolved is told by words after the first.
    named = (len(parts) > 1 or name is not None) and _last(parts)[:1].isupper()
    return Who(
        key=name_key(shown),
        head=rules.alike.get(head, head),
        country=country,
        sectors=sectors,
        coded=bool(name or country),
        proper=person or country is not None or named,
        named=person or named,
        names=frozenset(part.lower() for part in parts if part[:1].isupper() and part.lower() not in _ARTICLES),
        person=person,
    )


def who(party: Party, persons: Collection[str], rules: Rules) -> Who:
    """The party as it is compared; `persons` are the mentions that name a person."""
    return _who(party.name, party.text, party.country, party.sectors, party.mention in persons, rules)


def who_is(told: tuple[str | None, str, str | None, tuple[str, ...], bool], rules: Rules) -> Who:
    """As `who`, of a party's name, words, country, sectors, and whether it is a person."""
    name, text, country, sectors, person = told
    return _who(name, text, country, sectors, person, rules)


def _last(parts: list[str]) -> str:
    """The head as it is written."""
    end = next((n for n, part in enumerate(parts) if n and part.lower() in _AFTER_HEAD), len(parts))
    return parts[end - 1]


@lru_cache(maxsize=8192)
def head_of(name: str) -> str:
    """The head noun of a name in the singular, roughly: "Nicaraguan fishing boats from Bluefields" gives "boat"."""
    found = words(name)
    for position, word in enumerate(found):
        if position and word in _AFTER_HEAD:
            found = found[:position]
            break
    last = found[-1] if found else ""
    if len(last) > 3 and last.endswith("ies"):
        return last[:-3] + "y"
    return last[:-1] if len(last) > 3 and last.endswith("s") and not last.endswith("ss") else last


def side_part(
    left: tuple[Party, ...], right: tuple[Party, ...], rules: Rules, persons: Collection[str] = ()
) -> float | None:
    """How well the parties of one side agree: the mean over the shorter list of each one's best match.

    `persons` are the mentions that name a person. None where a side is empty or nothing is known of those on it.
    """
    return sides(tuple(who(p, persons, rules) for p in left), tuple(who(p, persons, rules) for p in right), rules)


def sides(left: tuple[Who, ...], right: tuple[Who, ...], rules: Rules) -> float | None:
    """As `side_part`, on parties made ready for comparing."""
    if not left or not right:
        return None
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    best = []
    for one in few:
        values = [value for other in many if (value := _part(one, other, rules)) is not None]
        if values:
            best.append(max(values))
    return sum(best) / len(best) if best else None


def party_part(left: Party, right: Party, rules: Rules, persons: Collection[str] = ()) -> float | None:
    """How well two parties agree; None when the words do not settle it, 0 when they are surely two."""
    return _part(who(left, persons, rules), who(right, persons, rules), rules)


@lru_cache(maxsize=65536)
def _part(left: Who, right: Who, rules: Rules) -> float | None:
    table = rules.parties
    if left.key == right.key:
        return 1.0
    if fuzz.token_sort_ratio(left.key, right.key) >= table["same_ratio"]:
        return float(table["same_sector_value"])
    alike = fuzz.token_set_ratio(left.key, right.key) >= table["same_ratio"]
    people = left.person + right.person
    if people == 2:
        # "Abdullah" and "King Abdullah II": one name stands in the other.
        return float(table["alike_value"]) if alike else 0.0
    if left.country and right.country and not {left.country, right.country} & rules.kinds:
        value = _country_part(left, right, rules)
        return min(value, float(table["person_value"])) if people else value
    if alike:
        return float(table["alike_value"])
    if left.head == right.head and left.names and right.names and not left.names & right.names:
        return 0.0  # "army of Northland", "army of Southmoor"
    if left.head == right.head and not (left.proper and right.proper):
        return float(table["head_value"])
    if not (left.named or right.named):
        return float(table["other_head_value"])
    # A person may be the official, the treasurer or the woman of another report; two names or states are two.
    return 0.0 if left.proper and right.proper and not people else None


def _country_part(left: Who, right: Who, rules: Rules) -> float:
    table = rules.parties
    if left.country != right.country:
        return 0.0
    if not left.sectors or not right.sectors:
        # "Honduras" may stand for its navy; a Nicaraguan boat and Nicaraguan fishermen are two.
        one = left.named or right.named or left.head == right.head
        return float(table["same_country_value"] if one else table["other_sector_value"])
    if left.sectors[0] == right.sectors[0]:
        return float(table["same_sector_value"])
    organs = left.sectors[0] in rules.state_sectors and right.sectors[0] in rules.state_sectors
    return float(table["state_value"] if organs else table["other_sector_value"])
