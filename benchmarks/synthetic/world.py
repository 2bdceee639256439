"""The invented world: states, towns, groups, people, outlets, and how often each is in the news."""

import itertools
import random
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import pycountry

from reportedly.ontology import load_ontology
from reportedly.records import Actor, MentionKind, SourceKind
from reportedly.resources import data_path, read_csv

T = TypeVar("T")
_CENTRES = ("country", "lat", "lon", "aliases")
WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


class Urn(Generic[T]):
    """Draws things by their weights."""

    def __init__(self, things: Sequence[T], weights: Iterable[float], dice: Callable[[], float]) -> None:
        self._things = things
        self._sums = list(itertools.accumulate(weights))
        self._dice = dice

    def draw(self) -> T:
        """One thing."""
        sums = self._sums
        return self._things[bisect_right(sums, self._dice() * sums[-1], 0, len(sums) - 1)]


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who may act or be acted upon. `forms`: the words that articles use; `actor`: what they resolve to."""

    forms: tuple[str, ...]
    actor: Actor
    source_kind: SourceKind


@dataclass(frozen=True, slots=True)
class State:
    """A state with those who are in the news there; `lat` and `lon` are its centre, degrees."""

    code: str
    name: str
    lat: float
    lon: float
    organs: tuple[Somebody, ...]
    groups: list[Somebody]
    people: list[Somebody]


@dataclass(frozen=True, slots=True)
class Town:
    """A town; `lat` and `lon` in degrees."""

    name: str
    state: State
    lat: float
    lon: float
    number: int


@dataclass(frozen=True, slots=True)
class Deed:
    """A type and mode with its words; see words.toml."""

    type: str
    quad: str
    mode: str | None
    to: tuple[str, ...]
    verbs: tuple[str, ...]
    done: tuple[str, ...]
    alone: tuple[str, ...]
    toll: bool


@dataclass(frozen=True, slots=True)
class World:
    """Everything that happenings are drawn from."""

    states: list[State]
    towns: Urn[Town]
    deeds: Urn[Deed]
    outlets: Urn[str]
    crowds: list[tuple[str, tuple[str, ...]]]
    names: list[str]


def make_world(rng: random.Random) -> World:
    """A world; the same for the same state of `rng`."""
    table = WORDS["world"]
    name = _namer(rng)
    states = _states(table["states"], rng, name)
    for _ in range(table["groups"]):
        _add_group(rng.choice(states), rng, name)
    dice = rng.random
    towns = [_town(rng.choice(states), number, rng, name) for number in range(table["towns"])]
    weights = [(n + 1) ** -table["town_exponent"] for n in range(len(towns))]
    outlets = _outlets(table["outlets"], rng, name)
    types = load_ontology().types
    deeds = [
        Deed(
            type=row["type"],
            quad=types[row["type"]].quad,
            mode=row.get("mode"),
            to=tuple(row["to"]),
            verbs=tuple(row["verbs"]),
            done=tuple(row["done"]),
            alone=tuple(row["alone"]),
            toll=row["toll"],
        )
        for row in WORDS["deeds"]
    ]
    return World(
        states=states,
        towns=Urn(towns, weights, dice),
        deeds=Urn(deeds, [row["weight"] for row in WORDS["deeds"]], dice),
        outlets=Urn(outlets, [1 / (n + 3) for n in range(len(outlets))], dice),
        crowds=[(words, tuple(sectors)) for words, sectors in WORDS["people"].items()],
        names=[name() for _ in range(table["names"])],
    )


def _namer(rng: random.Random) -> Callable[[], str]:
    table = WORDS["names"]
    syllables: list[str] = [
        onset + vowel + coda for onset in table["onset"] for vowel in table["vowel"] for coda in table["coda"]
    ]
    dice, count = rng.random, len(syllables)

    def name() -> str:
        return (syllables[int(dice() * count)] + syllables[int(dice() * count)]).capitalize()

    return name


def _somebody(forms: tuple[str, ...], kind: MentionKind, source: SourceKind, **codes: Any) -> Somebody:
    actor = Actor(name=forms[0].removeprefix("the "), kind=kind, **codes)
    return Somebody(forms, actor, source)


def person(name: str, country: str | None, sectors: tuple[str, ...] = ()) -> Somebody:
    """Somebody by name."""
    return _somebody((name, name.rsplit(maxsplit=1)[-1]), "person", "person", country=country, sectors=sectors)


def _states(count: int, rng: random.Random, name: Callable[[], str]) -> list[State]:
    centres = {row["country"]: row for _, row in read_csv(data_path("places/countries.csv"), _CENTRES)}
    found: list[State] = []
    for country in sorted(pycountry.countries, key=lambda c: str(c.alpha_3)):
        code, called = str(country.alpha_3), str(getattr(country, "common_name", country.name))
        if code not in centres or "," in called or "(" in called:
            continue
        organs = tuple(
            _somebody(
                (f"{called}'s {organ}", f"the {organ} of {called}"),
                "group",
                "organisation",
                country=code,
                sectors=tuple(sectors),
            )
            for organ, sectors in WORDS["organs"].items()
        )
        lat, lon = float(centres[code]["lat"]), float(centres[code]["lon"])
        found.append(State(code, called, lat, lon, organs, [], []))
    states = sorted(rng.sample(found, min(count, len(found))), key=lambda state: state.code)
    for state in states:
        people = [f"{name()} {name()}" for _ in range(30)]
        state.people.extend(person(one, state.code, ("GOV",) if n % 2 else ()) for n, one in enumerate(people))
        _add_group(state, rng, name)
    return states


def _add_group(state: State, rng: random.Random, name: Callable[[], str]) -> None:
    table = WORDS["names"]
    called = f"{name()} {rng.choice(table['group_head'])} {rng.choice(table['group_tail'])}"
    forms = (f"the {called}", f"{called} fighters", "the " + " ".join(called.split()[1:]))
    country = state.code if rng.random() < 0.6 else "IMG" if rng.random() < 0.5 else None
    state.groups.append(_somebody(forms, "organisation", "organisation", country=country, sectors=("UAF",)))


def _town(state: State, number: int, rng: random.Random, name: Callable[[], str]) -> Town:
    called = name() if rng.random() < 0.5 else name()[:4] + rng.choice(WORDS["names"]["town_end"])
    lat = max(-85.0, min(85.0, state.lat + rng.uniform(-3, 3)))
    lon = max(-180.0, min(180.0, state.lon + rng.uniform(-3, 3)))
    return Town(called, state, round(lat, 4), round(lon, 4), 90_000_000 + number)


def _outlets(count: int, rng: random.Random, name: Callable[[], str]) -> list[str]:
    table = WORDS["names"]
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{name()} {rng.choice(table['outlet_head'])} {rng.choice(table['outlet_tail'])}"] = None
    return list(found)
