"""Where the names of places stand in the sentence: each with the word that it belongs to, and how."""

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from reportedly.errors import ResourceError
from reportedly.gazetteer import Gazetteer
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
    nouns: Mapping[str, frozenset[str]]
    least: float


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
            nouns={noun: frozenset(kinds) for noun, kinds in table["pointers"].items()},
            least=float(scores["least"]),
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


def find_slots(parse: Parse, grammar: Grammar, names: Sequence[tuple[int, int]]) -> list[Slot]:
    """The slots that the names (token ranges) fill, in text order."""
    inside = _bodies(parse)
    slots: list[Slot] = []
    for first, stop in sorted(names):
        body = inside.get(first)
        # "The Organization for Security and Cooperation in Europe" is nowhere; "the Aleppo raid" and "in Mosul" are.
        if body is None or body[1] - body[0] <= stop - first or first == body[0]:
            slots.extend(_slot(parse, grammar, first, stop))
    return slots


def unknown_names(
    parse: Parse, grammar: Grammar, gazetteer: Gazetteer, names: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Names that the parser takes for places, or that end as places do, beside those that the gazetteer has.

    A report keeps the words of a place that nobody can find: "Spanish Town Road".
    """
    taken = {token for first, stop in names for token in range(first, stop)}
    starts = {first for first, _ in names}
    others = {_text(parse, name.first, name.stop) for name in parse.names if name.label in _OTHER_LABELS}
    found = []
    for name in parse.names:
        first, stop = trimmed(parse, name.first, name.stop, gazetteer)
        site = 1 < stop - first <= 3 and parse.word[stop - 1] in grammar.names
        if name.label not in PLACE_LABELS and not (name.label in _OTHER_LABELS and site):
            continue
        if name.label == "FAC":
            first = _whole(parse, first, stop)
        # "Kabul Airport" has Kabul in it; "Second Pearl Shoal" has nothing of Pearl, Mississippi.
        if first in starts or not (site or taken.isdisjoint(range(first, stop))):
            continue
        words = _text(parse, first, stop)
        group = name.label == "FAC" and words in others  # "the Mai-Mai", elsewhere known for a group
        if site or not (group or gazetteer.find(words)):
            found.append((first, stop))
    return [*found, *_unlabelled(parse, grammar, starts | {at for first, stop in found for at in range(first, stop)})]


def _unlabelled(parse: Parse, grammar: Grammar, taken: Set[int]) -> list[tuple[int, int]]:
    """Names that end as places do and that the parser has not labelled: "near the Second Pearl Shoal"."""
    named = {t for n in parse.names if n.label not in _NUMBERS for t in range(n.first, n.stop)} | taken
    found = []
    for token, word in enumerate(parse.word):
        if word not in grammar.names or token in named or parse.pos[token] != "PROPN":
            continue
        first = token
        while (
            first and parse.head[first - 1] == token and parse.word[first - 1][:1].isupper() and first - 1 not in named
        ):
            first -= 1
        if first < token:
            found.append((first, token + 1))
    return found


def _bodies(parse: Parse) -> dict[int, tuple[int, int]]:
    """The tokens of organisations' names, and the one after a long one."""
    inside = {}
    for name in parse.names:
        if name.label == "ORG":
            for token in range(name.first, name.stop + (name.stop - name.first > 3)):
                inside[token] = (name.first, name.stop)
    return inside


def _text(parse: Parse, first: int, stop: int) -> str:
    return parse.text[parse.start[first] : parse.end[stop - 1]]


def _whole(parse: Parse, first: int, stop: int) -> int:
    """The first token of a site's name: the parser cuts "Spanish Town Road" in two."""
    while first and parse.pos[first - 1] == "PROPN" and first <= parse.head[first - 1] < stop:
        first -= 1
    return first


def slot_of(parse: Parse, grammar: Grammar, first: int, stop: int) -> list[Slot]:
    """The slot of a phrase that says where by itself: "near the Syrian border"."""
    top = parse.top(first, stop)
    if parse.dep[top] in ("prep", "advmod", "npadvmod", "mark") and parse.head[top] != top:
        return [Slot(first, stop, "in", parse.head[top])]
    return _slot(parse, grammar, first, stop)


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
