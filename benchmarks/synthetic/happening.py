"""Invented happenings: who does what to whom, where and when, and the words that those who tell of it share."""

import datetime as dt
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.synthetic.world import WORDS, Deed, Somebody, State, Town, World
from reportedly.records import Actor

_DETAILS = WORDS["details"]
_DETAILS_OF_EACH = 4
Pair = tuple[str, str]
T = TypeVar("T")
_QUALITIES: list[Pair] = [(one, other) for one, other in _DETAILS["qualities"]]
_NOUNS: list[Pair] = [(one, other) for one, other in _DETAILS["nouns"]]
_FRAMES: list[tuple[str, str, str]] = [
    (before, between, after)
    for before, between, after in (re.split(r"\{[qn]\}", frame) for frame in _DETAILS["frames"])
]


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told. `details`: the parts of a frame, two words for a quality and two for a thing; `quarter`: a name
    that few other happenings have; `sources`: who is asked about it, on either side and neither."""

    number: int
    deed: Deed
    actor: Somebody
    recipient: Somebody
    town: Town
    day: dt.date
    killed: int
    injured: int
    details: tuple[tuple[str, str, str, Pair, Pair], ...]
    quarter: str
    sources: tuple[Somebody, ...]


def make_happening(number: int, day: dt.date, world: World, rng: random.Random) -> Happening:
    """One happening on a day. Most are within one state; the parties of a town are few, so that they recur."""
    town, deed = world.towns.draw(), world.deeds.draw()
    state, dice = town.state, rng.random
    actor = _pick(state.organs, rng) if dice() < 0.6 else _pick(state.groups, rng)
    recipient = _recipient(deed.to[int(dice() * len(deed.to))], actor, state, world, rng)
    killed = int(60 ** dice()) if deed.toll and dice() < 0.7 else 0
    details = tuple((*_pick(_FRAMES, rng), _pick(_QUALITIES, rng), _pick(_NOUNS, rng)) for _ in range(_DETAILS_OF_EACH))
    return Happening(
        number=number,
        deed=deed,
        actor=actor,
        recipient=recipient,
        town=town,
        day=day,
        killed=killed,
        injured=int(killed * 3 * dice()),
        details=details,
        quarter=_pick(_DETAILS["quarters"], rng).format(_pick(world.names, rng)),
        sources=(
            _pick(state.people, rng),
            actor,
            recipient if recipient.actor.sectors else actor,
            _neither(world, rng),
        ),
    )


def tellings(most: int, rng: random.Random) -> int:
    """How often a happening is told: n times or more with a chance of n to the power of minus `tellings_exponent`."""
    return min(most, int((1 - rng.random()) ** (-1 / WORDS["world"]["tellings_exponent"])))


def _pick(things: Sequence[T], rng: random.Random) -> T:
    return things[int(rng.random() * len(things))]


def _neither(world: World, rng: random.Random) -> Somebody:
    return _pick(_pick(world.states, rng).organs, rng)


def _recipient(kind: str, actor: Somebody, state: State, world: World, rng: random.Random) -> Somebody:
    if kind == "group":
        return _pick(state.groups, rng) if actor in state.organs else _pick(state.organs, rng)
    if kind == "state":
        home = _pick(world.states, rng) if rng.random() < 0.5 else state
        return _pick(home.organs, rng)
    if kind == "person":
        return _pick(state.people, rng)
    if kind == "people":
        words, sectors = _pick(world.crowds, rng)
        actor_code = Actor(name=words, country=None, sectors=sectors, kind="role")
        return Somebody((f"dozens of {words}", words, f"local {words}"), actor_code, "unnamed")
    (quality, other), (noun, alias) = _pick(_QUALITIES, rng), _pick(_NOUNS, rng)
    thing = Actor(name=f"{quality} {noun}", country=None, kind="other")
    return Somebody((f"the {quality} {noun}", f"the {other} {alias}", f"the {quality} {alias}"), thing, "unnamed")
