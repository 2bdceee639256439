"""The entries of the directory and the look-ups over them.

Country codes are ISO 3166-1 alpha-3, XKX, or PLOVER's codes for actors without a state; sectors are PLOVER's, the main
one first. Keys are folded (accents, full stops, apostrophes, hyphens) and case-aware: "US" is a country, "us" is not.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.directory.folding import ARTICLES, NARROWING, Word, fits, fold, key_of, office_key, split_words
from reportedly.directory.outlets import site_outlet

ItemKind = Literal["country", "demonym", "capital", "organisation", "group", "outlet", "person", "title", "role"]
Gender = Literal["f", "m"]

# PLOVER manual 0.8: actors without a state.
STATELESS = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office a person held from `since` to `until` (the day it ended; None: open or not known)."""

    title: str
    country: str | None
    sectors: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None

    def held_on(self, day: dt.date) -> bool:
        """Whether it was held on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry. `detail` is a role's kind (person, official, group, other); `plural` marks a plural form of a role."""

    kind: ItemKind
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    detail: str | None = None
    gender: Gender | None = None
    plural: bool = False

    def coded_on(self, day: dt.date | None) -> tuple[str | None, tuple[str, ...]]:
        """Country and sectors on a day; without a day, those of the office held last.

        Who holds no office any more is ELI (PLOVER: former officials); who does not hold one yet has no sector.
        """
        if not self.offices:
            return self.country, self.sectors
        if day is None:
            last = max(self.offices, key=lambda office: (office.until or dt.date.max, office.since or dt.date.min))
            return last.country, last.sectors
        held = [office for office in reversed(self.offices) if office.held_on(day)]
        if held:
            sectors = dict.fromkeys(sector for office in held for sector in office.sectors)
            return held[0].country, tuple(sectors)
        past = [office for office in self.offices if office.until is not None and office.until <= day]
        own = [office for office in past if office.country not in STATELESS]  # a former envoy of the UN has a country
        return (own or past or self.offices)[-1].country, (("ELI",) if past else ())

    def titles_on(self, day: dt.date | None) -> frozenset[str]:
        """The offices held on a day, or last, in lower case and without what follows "of" or "for"."""
        held = [o for o in self.offices if day is None or o.held_on(day)][-1 if day is None else 0 :]
        return frozenset(re.split(r",| (?:of|for|to|in) ", office.title, maxsplit=1)[0].lower() for office in held)


@dataclass(frozen=True, slots=True)
class Match:
    """The words `first:stop` of a phrase and the entries they name, the likeliest first."""

    first: int
    stop: int
    items: tuple[Item, ...]

    @property
    def item(self) -> Item:
        """The likeliest entry."""
        return self.items[0]


HEADS = frozenset(
    {
        "president",
        "prime minister",
        "premier",
        "chancellor",
        "supreme leader",
        "king",
        "queen",
        "emir",
        "sultan",
        "pope",
    }
)
_ORDER: tuple[ItemKind, ...] = (
    "country",
    "organisation",
    "group",
    "outlet",
    "capital",
    "demonym",
    "person",
    "title",
    "role",
)


class Directory:
    """Look-ups over all entries; nothing changes them once made (see `load_directory`)."""

    __slots__ = ("_countries", "_entries", "_genders", "_holders", "_starts", "_surnames")

    def __init__(
        self, entries: Sequence[tuple[str, Item]], countries: Mapping[str, Item], genders: Mapping[str, Gender]
    ) -> None:
        """`entries` pairs each written form with its entry; a form may name several."""
        index: dict[str, list[tuple[str, Item]]] = {}
        starts: dict[str, set[int]] = {}
        surnames: dict[str, dict[int, Item]] = {}
        people: dict[int, Item] = {}
        for form, item in entries:
            words = split_words(form)
            words = words[1:] if len(words) > 1 and words[0].key in ARTICLES else words
            key = " ".join(word.key for word in words)
            index.setdefault(key, []).append((" ".join(word.plain for word in words), item))
            starts.setdefault(words[0].key, set()).add(len(words))
            if item.kind == "person":
                people[id(item)] = item
                for surname in _surnames(item):
                    surnames.setdefault(surname, {})[id(item)] = item
        self._entries = {
            key: tuple(sorted(forms, key=lambda pair: _ORDER.index(pair[1].kind))) for key, forms in index.items()
        }
        self._starts = {word: tuple(sorted(lengths, reverse=True)) for word, lengths in starts.items()}
        self._surnames = {key: tuple(items.values()) for key, items in surnames.items()}
        self._countries = dict(countries)
        self._genders = dict(genders)
        self._holders: dict[str, list[tuple[frozenset[str], Office, Item]]] = {}
        for person in people.values():
            for office in person.offices:
                title = office_key(self._without_country(office).split())
                self._holders.setdefault(office.country or "", []).append((title, office, person))

    def __len__(self) -> int:
        """The number of different entries."""
        return len({id(item) for forms in self._entries.values() for _, item in forms})

    def _without_country(self, office: Office) -> str:
        """The key of an office without its country: "prime minister" for "Prime Minister of Iraq"."""
        country = self._countries.get(office.country or "")
        return key_of(office.title).replace(key_of(country.name), " ") if country else key_of(office.title)

    def _lookup(self, key: str, plain: str) -> tuple[Item, ...]:
        found: dict[int, Item] = {}
        for form, item in self._entries.get(key, ()):
            if fits(form, plain):
                found.setdefault(id(item), item)
        return tuple(found.values())

    def find(self, text: str) -> tuple[Item, ...]:
        """All entries that the whole text names, the likeliest first (countries, then organisations, … roles last)."""
        words = split_words(text)
        start = 1 if len(words) > 1 and words[0].key in ARTICLES else 0
        return self._lookup(" ".join(w.key for w in words[start:]), " ".join(w.plain for w in words[start:]))

    def scan(self, words: Sequence[Word]) -> list[Match]:
        """The longest entries in a phrase from left to right, without overlap."""
        matches: list[Match] = []
        at = 0
        while at < len(words):
            step = 1
            for length in self._starts.get(words[at].key, ()):
                part = words[at : at + length]
                if len(part) < length:
                    continue
                items = self._lookup(" ".join(w.key for w in part), " ".join(w.plain for w in part))
                if items:
                    matches.append(Match(at, at + length, items))
                    step = length
                    break
            at += step
        return matches

    def _first(self, text: str, *kinds: ItemKind) -> Item | None:
        return next((item for item in self.find(text) if item.kind in kinds), None)

    def country(self, text: str) -> Item | None:
        """The country that the text names by its name, an alias, or a demonym."""
        return self._first(text, "country", "demonym")

    @property
    def country_codes(self) -> frozenset[str]:
        """The codes of all countries."""
        return frozenset(self._countries)

    def country_name(self, code: str | None) -> str | None:
        """The English short name of a country code; None for a code without a state."""
        found = self._countries.get(code or "")
        return found.name if found else None

    def role(self, text: str) -> Item | None:
        """The role that the text names ("police", "prime minister"), in the singular or the plural."""
        return self._first(text, "role", "title")

    def outlet(self, text: str) -> str | None:
        """The canonical name of a known outlet or agency, also by the address of its site, or None."""
        found = self._first(text, "outlet")
        return found.name if found else site_outlet(text)

    def body(self, text: str) -> str | None:
        """The canonical name of a known organisation or group, or None."""
        found = self._first(text, "organisation", "group")
        return found.name if found else None

    def gender(self, word: str) -> Gender | None:
        """The gender that a first name or a gendered noun tells ("spokeswoman": f), where it is known."""
        return self._genders.get(fold(word).lower())

    def people(self, surname: str) -> tuple[Item, ...]:
        """The people with that family name."""
        return self._surnames.get(key_of(surname), ())

    def person(self, surname: str, on: dt.date | None, office: str = "") -> Item | None:
        """The one person with that family name who holds an office on the day (and, if given, one that it fits).

        Of several the one who heads a state or its government. Without such a one, the only person of that name. None
        where there are more: nobody is chosen at random.
        """
        people = self.people(surname)
        if len(people) > 1 and on is not None:
            people = tuple(p for p in people if any(o.held_on(on) for o in p.offices)) or people
        if len(people) > 1 and office:
            asked = office_key(key_of(office).split())
            people = tuple(p for p in people if any(asked <= office_key(key_of(o.title).split()) for o in p.offices))
        if len(people) > 1 and on is not None:  # news uses a head of state's family name alone, not a deputy's
            heads = tuple(p for p in people if any(o.held_on(on) and o.title.lower() in HEADS for o in p.offices))
            people = heads or people
        return people[0] if len(people) == 1 else None

    def office_holder(self, office: str, country: str, on: dt.date) -> Item | None:
        """Who held an office of a country on a day: ("prime minister", "IRQ", 2014-12-03)."""
        asked = office_key(key_of(office).split())
        held = [row for row in self._holders.get(country, ()) if row[1].held_on(on)]
        found = {id(person): person for title, _, person in held if title == asked}
        if not found and len(asked) > 1:
            found = {
                id(person): person for title, _, person in held if asked < title and not (title - asked) & NARROWING
            }
        return next(iter(found.values())) if len(found) == 1 else None


_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "HUN", "KHM"})
_PARTICLES = frozenset("al el bin ibn ben de da del della di van von der le la".split())  # noqa: SIM905


def _surnames(person: Item) -> set[str]:
    """Keys under which a person is known by family name alone: "al abadi" and "abadi"."""
    words = key_of(person.name).split()
    if len(words) < 2:
        return {" ".join(words)}
    start = len(words) - 1
    keys = {words[-1]}
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
        keys.add(" ".join(words[start:]))
    if person.country in _FAMILY_FIRST:
        keys.add(words[0])
    return keys
