"""Finds expressions that place something by a name without being at it: "25 miles into Iraq", "near the Syrian border".

Names are masked first, so that the patterns see the words around them only and offsets stay those of the text.
"""

import functools
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportedly.errors import ResourceError
from reportedly.resources import data_path, read_toml

Kind = Literal["distance", "into", "border", "between", "coast", "near", "part"]
Extent = tuple[int, int]
_GROUND = r"\ue000\ue001*\ue002"
_PEOPLE = r"\ue003\ue001*\ue002"
_BESIDE = re.compile(r"\ue002(?:,?\s+which\s+(?:is|lies)|,|\s+\()\s*(?:(?:an?|the)\s+[\w\s-]{1,30}\s)?$")
_NAME = rf"(?:{_GROUND}|{_PEOPLE})"
_DIGITS = r"\d[\d,.]*\d|\d"
_TABLES = {"units", "numbers", "multiples", "bearings", "words", "kilometres", "shares"}
_WORDS = {
    "hedges", "places", "near", "outside", "borders", "at_border", "coasts", "not_off", "heads", "waters", "halfway",
    "few", "far", "middle",
}  # fmt: skip
_KILOMETRES = {
    "near", "outside", "just_outside", "direction", "border_near", "border_on", "coast", "coast_small", "coast_just",
}  # fmt: skip
_SHARES = {
    "wedge_degrees", "nearest", "farthest", "part", "slanted_part", "far_part", "middle", "corridor", "corridor_least",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """A spatial expression: its characters, the names in it (that which it starts from first) and what is said.

    `km` is the distance said, `bearing` degrees from north. `words` holds what else tells: "just", "few", "outside",
    "far", "middle", "halfway", "waters", "side", "on" or "near_it" (a border), "open" (no distance), "bare" (no coast).
    """

    kind: Kind
    start: int
    end: int
    anchors: tuple[Extent, ...]
    km: float | None = None
    bearing: float | None = None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tables of data/places/spatial.toml and the patterns made of them, in the order in which they are tried."""

    units: Mapping[str, float]
    numbers: Mapping[str, float]
    multiples: Mapping[str, float]
    bearings: Mapping[str, float]
    words: Mapping[str, frozenset[str]]
    kilometres: Mapping[str, float]
    shares: Mapping[str, float]
    patterns: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of expression. `needs`: a sentence without one of these words is not tried."""

    kind: Kind
    flags: frozenset[str]
    needs: tuple[str, ...]
    regex: re.Pattern[str]


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@functools.lru_cache(maxsize=1)
def load_spatial() -> Grammar:
    """The grammar. Raises ResourceError when a table or key is missing or unknown."""
    path = data_path("places/spatial.toml")
    table = read_toml(path)
    _check(str(path), table, _TABLES)
    for name, keys in (("words", _WORDS), ("kilometres", _KILOMETRES), ("shares", _SHARES)):
        _check(f"{path}: [{name}]", table[name], keys)
    return Grammar(
        units=table["units"],
        numbers=table["numbers"],
        multiples=table["multiples"],
        bearings=table["bearings"],
        words={key: frozenset(value) for key, value in table["words"].items()},
        kilometres=table["kilometres"],
        shares=table["shares"],
        patterns=tuple(_patterns(table, table["words"])),
    )


def _check(where: str, table: Mapping[str, Any], keys: set[str]) -> None:
    if missing := keys - set(table):
        raise ResourceError(f"{where}: missing: {', '.join(sorted(missing))}")
    if unknown := set(table) - keys:
        raise ResourceError(f"{where}: unknown: {', '.join(sorted(unknown))}")


def _patterns(table: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Iterator[Pattern]:
    """The patterns, the most telling first."""
    units, word = _any(list(table["units"])), rf"(?:{_any([*table['numbers'], *table['multiples']])})(?=[\s-])"
    number = (
        rf"(?:(?P<number>{_DIGITS})(?:\s*(?:to|[-–])\s*(?P<upper>{_DIGITS}))?"
        rf"|(?P<counted>{word}(?:[\s-]+(?:and\s+)?{word})*))"
    )
    distance = (
        rf"(?:\b(?:{_any(words['hedges'])})\s+)*(?<![\d.,])\b{number}[\s-]*(?:or\s+so\s+)?"
        rf"(?P<unit>{units})\b(?:\s*\([^()]{{1,40}}\))?(?:\s+or\s+so)?"
    )
    compass = r"(?P<bearing>(?:(?:north|south|east|west)[\s-]?){1,3}?)(?:ern|wards?|erly)?\b"
    whose = rf"(?:{_NAME}(?:['’]s)?\s+)?(?:[a-z-]+(?:ern|ral|led|held|side|al)\s+)?"
    of = rf"(?:the\s+)?(?:{whose}(?:{_any(words['places'])})(?:\s+of)?,?\s+)?"
    a, b = rf"(?P<a>{_GROUND})", rf"(?P<b>{_GROUND})"
    x, y = rf"(?P<a>{_NAME})", rf"(?P<b>{_NAME})"  # a people's name will do: the Syrian border
    border, coast = (rf"(?:{_any(words[key])})\b" for key in ("borders", "coasts"))
    at = rf"(?:\b(?P<at>{_any(words['at_border'])})\s+)?(?:\b(?:the|its)\s+)?"
    off = rf"(?:{distance}\s+|(?P<just>\bjust)\s+)?(?<!-)\boff\s+(?:the\s+)?"
    side = rf"(?:{compass}\s+)?"
    few = rf"(?:\b(?P<few>{_any(words['few'])})\s+(?:(?:{units})\s+)?)?"
    far = rf"(?:(?P<far>{_any(words['far'])})[\s-]+)?"
    edge = rf"(?!(?:['’]s)?\s+(?:\S+\s+)?(?:{border}|{coast}))"
    into, lines, winds = ("into", "inside", "within"), tuple(words["borders"]), ("north", "south", "east", "west")

    def form(kind: Kind, needs: Sequence[str], regex: str, *flags: str) -> Pattern:
        return Pattern(kind, frozenset(flags), tuple(needs), re.compile(regex, re.IGNORECASE))

    territory = rf"(?:['’]s)?(?:\s+(?:territory|soil))?(?:\s+from\s+(?:the\s+)?{y}(?:\s+{border})?)?"
    land = rf"(?P<a>{_GROUND}|{_PEOPLE}(?=\s+(?:territory|soil)\b))"
    yield form("into", into, rf"{distance}\s+(?:deep\s+)?(?:into|inside|within)\s+(?:the\s+)?{land}{territory}")
    yield form("distance", winds, rf"{distance},?\s+(?:to\s+the\s+)?(?:due\s+)?{compass}\s+(?:of|from)\s+{of}{a}")
    with_it = rf"(?:{border}\s+with\s+)?"
    yield form("border", lines, rf"{at}{x}\s+side\s+of\s+(?:(?:the|its)\s+)?{with_it}{y}(?:\s+{border})?", "side")
    yield form("border", lines, rf"{at}{x}\s*[-–/]\s*{y}\s+{border}")
    yield form("border", lines, rf"{at}{border}\s+(?:between|of)\s+(?:the\s+)?{x}\s+(?:and|with)\s+(?:the\s+)?{y}")
    yield form("border", lines, rf"{at}{x}(?:['’]s)?\s+{side}{border}\s+with\s+(?:the\s+)?{y}")
    yield form("border", lines, rf"{at}{x}(?:['’]s)?\s+{side}{border}")
    yield form("border", lines, rf"{at}{border}\s+with\s+(?:the\s+)?{x}")
    yield form("coast", ("off",), rf"{off}{side}{coast}\s+of\s+(?:the\s+)?{a}")
    yield form("coast", ("off",), rf"{off}{x}(?:['’]s)?\s+(?:{b}\s+|{side}){coast}")
    yield form("coast", ("off",), rf"{off}{a}(?!['’]s|\s*[-–])", "bare")
    away = r"(?:away\s+)?(?:from|outside(?:\s+of)?|beyond)"
    yield form("distance", ("within",), rf"\bwithin\s+{distance}\s+of\s+{of}{a}(?!['’]s)", "reach")
    yield form("distance", ("from", "outside", "beyond"), rf"{distance}\s+{away}\s+{of}{a}{edge}")
    yield form("between", ("between",), rf"\bbetween\s+{of}{a}\s+and\s+{of}{b}")
    yield form("near", words["outside"], rf"{few}\b(?P<outside>{_any(words['outside'])})\s+{of}{a}{edge}")
    yield form("near", words["near"], rf"{few}\b(?:{_any(words['near'])})\s+{of}{a}{edge}")
    # "The north of Chad" is a part of it.
    whole_of = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in ("the", *words["far"]))
    yield form("distance", winds, rf"(?:\b(?P<just>just)\s+)?{whole_of}\b{compass}\s+of\s+{of}{a}", "open")
    piece = r"(?:\s+(?:parts?|half|areas?|regions?|districts?|countryside|suburbs?|provinces?))?"
    whole = r"(?:of\s+)?(?:the\s+)?(?:(?:province|state|region|city)\s+of\s+)?"
    yield form("part", winds, rf"(?:\bthe\s+)?\b{far}{compass}{piece}\s+{whole}{a}")
    yield form("part", words["middle"], rf"\b(?P<middle>{_any(words['middle'])})\s+(?:of\s+)?{a}")
    yield form("part", winds, rf"{a}['’]s\s+{far}{compass}(?!\s+(?:{coast}|{border}))")


def find_expressions(
    text: str, start: int, end: int, names: Sequence[Extent], peoples: Container[Extent] = ()
) -> list[Expression]:
    """The spatial expressions of a sentence (characters `start:end`), in order; none overlaps another.

    `peoples` are those of the names that name a people: they have borders, but nothing is near them.
    """
    grammar = load_spatial()
    masked = list(text[start:end])
    for first, last in names:
        if start <= first and last <= end and last - first > 1:
            head = "\ue003" if (first, last) in peoples else "\ue000"
            masked[first - start : last - start] = head + "\ue001" * (last - first - 2) + "\ue002"
    sentence = "".join(masked)
    if "\ue002" not in sentence:
        return []
    low = sentence.lower()
    taken: list[Extent] = []
    found: list[Expression] = []
    for pattern in grammar.patterns:
        if not any(word in low for word in pattern.needs):
            continue
        for match in pattern.regex.finditer(sentence):
            if any(match.start() < stop and begin < match.end() for begin, stop in taken):
                continue
            expression = _read(pattern, match, sentence, start, grammar)
            if expression is not None:
                taken.append((expression.start - start, expression.end - start))
                found.append(expression)
            elif pattern.kind != "between":
                taken.append(match.span())  # no later pattern may read a piece of it: "north of Baghdad"
    return sorted(found, key=lambda one: one.start)


def _read(pattern: Pattern, match: re.Match[str], sentence: str, shift: int, grammar: Grammar) -> Expression | None:
    kind, flags = pattern.kind, pattern.flags
    parts = match.groupdict()
    begin = match.start()
    words = {key for key in ("just", "few", "outside", "far", "middle") if parts.get(key)} | flags
    if parts.get("at"):
        words.add("on" if parts["at"].lower() in ("on", "at", "along", "by", "across", "over") else "near_it")
    if kind == "distance" and _BESIDE.search(sentence, 0, begin):
        return None  # "Mosul, 250 miles north of Baghdad" is Mosul
    verb = re.search(r"(\w+)\s+$", sentence[:begin]) if "bare" in flags else None
    if verb is not None and verb.group(1).casefold() in grammar.words["not_off"]:
        return None  # "sealed off Benghazi" is Benghazi
    km = _kilometres(parts, grammar)
    if parts.get("unit") and km is None:
        return None
    if kind == "between":
        begin, told = _ground(sentence, begin, grammar)
        if told is None:
            return None
        words |= told
    anchors = tuple(
        (match.start(key) + shift, match.end(key) + shift) for key in ("a", "b") if parts.get(key) is not None
    )
    bearing = parts.get("bearing")
    return Expression(
        kind=kind,
        start=begin + shift,
        end=match.end() + shift,
        anchors=anchors,
        km=km,
        bearing=grammar.bearings.get(re.sub(r"[\s-]", "", bearing.lower())) if bearing else None,
        words=frozenset(words),
    )


def _kilometres(parts: Mapping[str, str | None], grammar: Grammar) -> float | None:
    """The distance said, of a range the middle; None where there is none or it cannot be read."""
    if not (unit := parts.get("unit")):
        return None
    number, upper = parts.get("number"), parts.get("upper")
    if number:
        ends = [_digits(number), _digits(upper or number)]
        if None in ends:
            return None
        amount = sum(end for end in ends if end is not None) / 2
    else:
        amount = _counted(parts["counted"] or "", grammar)
    return amount * grammar.units[" ".join(unit.casefold().split())]


def _digits(said: str) -> float | None:
    plain = said.replace(",", "")
    return float(plain) if plain.count(".") <= 1 else None


def _counted(said: str, grammar: Grammar) -> float:
    """A number in words: "twenty-five", "a hundred and fifty", "half a dozen"."""
    words = [word for word in re.split(r"[\s-]+", said.casefold()) if word != "and"]
    total = part = 0.0
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2) if " ".join(words[at : at + n]) in grammar.numbers), 1)
        word = " ".join(words[at : at + size])
        if word in grammar.multiples:
            part = (part or 1.0) * grammar.multiples[word]
        else:
            total, part = (total + part, 0.0) if part >= 100 else (total, part)
            part += grammar.numbers[word]
        at += size
    return total + part


def _ground(sentence: str, at: int, grammar: Grammar) -> tuple[int, frozenset[str] | None]:
    """Where the ground between two names begins and what it is; None where "between" joins parties, not places.

    "Talks between Iran and Turkey" are nowhere; "the road between Mosul and Erbil" is.
    """
    before = list(re.finditer(r"[\w-]+", sentence[max(0, at - 40) : at]))[-3:]
    for back, word in enumerate(reversed(before)):
        key = word.group().lower()
        if key in grammar.words["waters"]:
            return max(0, at - 40) + word.start(), frozenset({"waters"})
        if key in grammar.words["halfway"]:
            return max(0, at - 40) + word.start(), frozenset({"halfway"})
        if key in grammar.words["heads"] and back < 2:
            return at, frozenset()
    return at, None
