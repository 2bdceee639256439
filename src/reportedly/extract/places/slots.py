"""Where the names of places stand in the sentence: each with the word that it belongs to, and how."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.errors import ResourceError
from reportedly.gazetteer import Gazetteer, Tier
from reportedly.parsing import Parse
from reportedly.resources import data_path, read_toml

Tie = Literal["in", "target", "to", "from", "object", "before"]

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_OTHER_LABELS = frozenset({"ORG", "PERSON", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"})
_DIRECTIONS = frozenset({
    "the", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
    "northeastern", "northwestern", "southeastern", "southwestern", "north-eastern", "north-western",
    "south-eastern", "south-western", "upper", "lower", "nearby", "neighboring", "neighbouring", "downtown",
    "rural", "war-torn", "far", "all", "mainland",
})  # fmt: skip
_NUMBERS = frozenset({"ORDINAL", "CARDINAL", "QUANTITY"})
_MAX_STEPS = 8


@dataclass(frozen=True, slots=True)
class Grammar:
    """The word lists of data/places/where.toml."""

    always: frozenset[str]
    targets: frozenset[str]
    to: frozenset[str]
    origin: frozenset[str]
    target_types: frozenset[str]
    to_verbs: frozenset[str]
    from_verbs: frozenset[str]
    object_verbs: frozenset[str]
    parts: frozenset[str]
    together: frozenset[str]
    names: frozenset[str]
    least: float
    people: int


@functools.lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """The word lists. Raises ResourceError when a key is missing."""
    path = data_path("places/where.toml")
    table = read_toml(path)
    try:
        preps, verbs, scores = table["prepositions"], table["verbs"], table["scores"]
        return Grammar(
            always=frozenset(preps["always"]),
            targets=frozenset(preps["targets"]),
            to=frozenset(preps["to"]),
            origin=frozenset(preps["from"]),
            target_types=frozenset(table["types"]["targets"]),
            to_verbs=frozenset(verbs["to"]),
            from_verbs=frozenset(verbs["from"]),
            object_verbs=frozenset(verbs["object"]),
            parts=frozenset(table["nouns"]["parts"]),
            together=frozenset(table["types"]["together"]),
            names=frozenset(table["nouns"]["names"]),
            least=float(scores["least"]),
            people=int(scores["people"]),
        )
    except KeyError as error:
        raise ResourceError(f"{path}: the key {error} is missing") from error


@dataclass(frozen=True, slots=True)
class Slot:
    """A place name (tokens `first:stop`), the token that it is tied to, and how.

    `host` is the noun that the place is of or the verb that it goes with. `inner` is true for a second name of a
    list or apposition.
    """

    first: int
    stop: int
    tie: Tie
    host: int
    inner: bool = False


def trimmed(parse: Parse, first: int, stop: int, gazetteer: Gazetteer) -> tuple[int, int]:
    """A name without the article and directions that the parser took in ("northern Iraq"), unless they belong to it."""
    while stop - first > 1 and parse.tag[stop - 1] in ("POS", "."):
        stop -= 1
    while stop - first > 1 and parse.lower[first] in _DIRECTIONS:
        if parse.lower[first] != "the" and gazetteer.find(parse.text[parse.start[first] : parse.end[stop - 1]]):
            break
        first += 1
    return first, stop


def find_slots(parse: Parse, grammar: Grammar, gazetteer: Gazetteer) -> tuple[list[Slot], list[tuple[int, int]]]:
    """The slots of an article in text order, and all names of places (token ranges) whether they fill a slot or not."""
    slots: list[Slot] = []
    names: list[tuple[int, int]] = []
    named = bytearray(len(parse))
    others = {_text(parse, name.first, name.stop) for name in parse.names if name.label in _OTHER_LABELS}
    bodies = {name.stop for name in parse.names if name.label == "ORG" and name.stop - name.first > 3}
    for name in parse.names:
        if name.label not in _NUMBERS:
            named[name.first : name.stop] = b"\1" * (name.stop - name.first)
        if name.label in PLACE_LABELS:
            first, stop = trimmed(parse, name.first, name.stop, gazetteer)
            if name.label == "FAC":
                first = _whole(parse, first, stop)
                if _text(parse, first, stop) in others and not gazetteer.find(_text(parse, first, stop)):
                    continue  # "the Mai-Mai", elsewhere in the text known for a group
            names.append((first, stop))
            if first - 1 not in bodies:  # "the Organization for Security and Cooperation in Europe"
                slots.extend(_slot(parse, grammar, first, stop))
        elif name.label in _OTHER_LABELS and name.stop - name.first <= 3:
            first, stop = trimmed(parse, name.first, name.stop, gazetteer)
            slots.extend(_doubtful(parse, grammar, gazetteer, first, stop, names))
    for token, pos in enumerate(parse.pos):
        if pos == "PROPN" and not named[token] and parse.dep[token] in ("pobj", "conj"):
            first = token
            while first and parse.head[first - 1] == token and parse.pos[first - 1] == "PROPN" and not named[first - 1]:
                first -= 1
            slots.extend(_doubtful(parse, grammar, gazetteer, first, token + 1, names))
    slots.extend(_again(parse, grammar, names))
    slots.sort(key=lambda slot: slot.first)
    return slots, names


def _text(parse: Parse, first: int, stop: int) -> str:
    return parse.text[parse.start[first] : parse.end[stop - 1]]


def _whole(parse: Parse, first: int, stop: int) -> int:
    """The first token of a site's name: the parser cuts "Spanish Town Road" in two."""
    while first and parse.pos[first - 1] == "PROPN" and first <= parse.head[first - 1] < stop:
        first -= 1
    return first


def _again(parse: Parse, grammar: Grammar, names: list[tuple[int, int]]) -> list[Slot]:
    """Further mentions, looser tied, of names that the parser took for people and a preposition showed as places."""
    labelled = {name.first for name in parse.names if name.label in PLACE_LABELS}
    shown = {_text(parse, first, stop) for first, stop in names if first not in labelled}
    if not shown:
        return []
    taken = {first for first, _ in names}
    found = []
    for name in parse.names:
        if name.label == "PERSON" and name.first not in taken and _text(parse, name.first, name.stop) in shown:
            slots = [slot for slot in _slot(parse, grammar, name.first, name.stop) if slot.tie in ("to", "from")]
            names.extend((slot.first, slot.stop) for slot in slots)
            found += slots
    return found


def _doubtful(
    parse: Parse, grammar: Grammar, gazetteer: Gazetteer, first: int, stop: int, names: list[tuple[int, int]]
) -> Sequence[Slot]:
    """The slot of a name that the parser took for something else: only after a preposition, and well known."""
    found = [slot for slot in _slot(parse, grammar, first, stop) if slot.tie in ("in", "target")]
    if not found:
        return ()
    # After "in" stand places; after "on" as often something else. Where the name is not the main one ("Ramadan" for a
    # town in Arabia) or the tie is loose, only a large town counts; an abbreviation never does.
    words = _text(parse, first, stop)
    if stop - first > 1 and parse.word[stop - 1] in grammar.names and found[0].tie == "in":
        names.append((first, stop))
        return found
    if words.isupper() and len(words) <= 4:
        return ()
    sure = grammar.people if found[0].tie == "in" else 5 * grammar.people
    least = {Tier.MAIN: sure, Tier.ALTERNATE: 5 * grammar.people}
    known = gazetteer.find(words)[:5]
    if not any(c.tier in least and (c.notable or c.population >= least[c.tier]) for c in known):
        return ()
    names.append((first, stop))
    return found


def _slot(parse: Parse, grammar: Grammar, first: int, stop: int) -> list[Slot]:
    top = parse.top(first, stop)
    inner = False
    steps = 0
    # A list or an apposition is tied as its first name is.
    while parse.dep[top] in ("conj", "appos") and parse.head[top] != top and steps < _MAX_STEPS:
        if parse.dep[top] == "appos" and parse.pos[parse.head[top]] != "NOUN":
            return []  # "Erbil, Iraq": the country is a hint, not a second place
        top, inner, steps = parse.head[top], True, steps + 1
    tied = _tie(parse, grammar, top)
    return [Slot(first, stop, *tied, inner)] if tied else []


def _tie(parse: Parse, grammar: Grammar, token: int) -> tuple[Tie, int] | None:
    """How the noun `token` is tied to which word."""
    for _ in range(_MAX_STEPS):
        dep, head = parse.dep[token], parse.head[token]
        if dep in ("dobj", "nsubjpass"):
            return "object", head
        # The parser gives "the Syria strikes" the right relation even where it takes the noun for a verb.
        if dep in ("compound", "nmod") and parse.pos[head] in ("NOUN", "VERB"):
            if parse.lemma[head] in grammar.parts:
                token = head
                continue
            return "before", head
        if dep == "poss" and parse.lemma[head] in grammar.parts:
            token = head
            continue
        if dep not in ("pobj", "pcomp"):
            return None
        preposition = parse.lower[head]
        host = parse.head[head]
        if preposition == "of":
            if parse.lemma[host] not in grammar.parts:
                return "target", host
            if parse.dep[host] in ("advmod", "npadvmod"):
                return "in", parse.head[host]
            token = host
            continue
        while parse.dep[host] == "prep" and parse.pos[host] in ("ADP", "SCONJ"):
            host = parse.head[host]  # "from inside Syria"
        if preposition in grammar.always:
            return "in", host
        if preposition in grammar.to and parse.lemma[host] in grammar.to_verbs:
            return "to", host
        if preposition in grammar.targets:
            return "target", host
        if preposition in grammar.origin and parse.lemma[host] in grammar.from_verbs:
            return "from", host
        return None
    return None
