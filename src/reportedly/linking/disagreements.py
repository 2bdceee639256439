"""Where the reports of one happening cannot all be right: which values, who gives them, since when."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, Literal

from reportedly.linking.agreement import counts
from reportedly.linking.facts import place_of
from reportedly.linking.lastwords import fold_copies, gone_since, side_of, turns
from reportedly.linking.parties import Who, head_of, sides, who
from reportedly.linking.rules import Rules
from reportedly.linking.scores import place_part
from reportedly.linking.speakers import shown_source
from reportedly.linking.text import words
from reportedly.records import Disagreement, Entry, NumberKind, Place

Range = tuple[int, int | None]
NUMBERS: tuple[NumberKind, ...] = ("killed", "injured", "captured", "size")
_Days = tuple[dt.date, dt.date]
_Whos = tuple[Who, ...]


@dataclass(slots=True)
class _Told:
    """A value of a field as it is compared, and the reports that give it."""

    held: Any
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class _Field:
    """How the values of a field are read and compared. `key` is the same for values that need no comparing."""

    name: str
    read: Callable[[Entry], Any]
    key: Callable[[Any], Hashable]
    shown: Callable[[Entry, Any], str | int]
    apart: Callable[[Any, Any], bool]
    same: Callable[[Any, Any], bool] = lambda left, right: False


def disagreements(
    entries: Sequence[Entry], rules: Rules, originals: Mapping[str, str] | None = None
) -> tuple[Disagreement, ...]:
    """The fields on which reports that vouch for the happening cannot all be right, with who says what since when.

    `values`: {"value", "reports", "sources", "since"}, the first reported first; those that fit with all others are
    left out. That one report says more than another is no disagreement. What a source has taken back or brought up to
    date does not count; copies count once (`originals`, by article).
    """
    originals = originals or {}
    gone = gone_since(turns(fold_copies(entries, originals)))
    told = [entry for entry in entries if side_of(entry) == "yes" and entry.report.id not in gone]
    if len(told) < 2:
        return ()
    found = []
    for field in _fields(rules):
        giving = told
        if field.name in NUMBERS:
            giving = figures(told, field.name, originals)
            stale = gone_since(turns(giving, lambda entry, kind=field.name: range_of(entry, kind)))  # type: ignore[misc]
            giving = [entry for entry in giving if entry.report.id not in stale]
        found.append(_differing(field, giving, originals, rules))
    return tuple(disagreement for disagreement in found if disagreement is not None)


def figures(told: Sequence[Entry], kind: str, originals: Mapping[str, str]) -> list[Entry]:
    """The reports that give a number of this kind: copies once, and of one source in one article only the greatest,
    since an article gives the total and its parts."""
    given = {entry.report.id: found for entry in told if (found := range_of(entry, kind))}
    giving = [entry for entry in told if entry.report.id in given]
    greatest: dict[tuple[str, str], tuple[int, Entry]] = {}
    for entry in fold_copies(giving, originals, lambda entry: given[entry.report.id]):
        low, key = given[entry.report.id][0], (entry.article, shown_source(entry))
        if key not in greatest or low > greatest[key][0]:
            greatest[key] = low, entry
    return [entry for _, entry in greatest.values()]


def range_of(entry: Entry, kind: str) -> Range | None:
    """The first number of a kind that a report gives, as (low, high); high None: that many or more."""
    given = counts(entry, kind)
    return (given[0][0], given[0][1]) if given else None


def shown_range(given: Range) -> str | int:
    """A number as a reader is told of it: 4, "9 or more", "10–12"."""
    low, high = given
    if high == low:
        return low
    return f"{low} or more" if high is None else f"{low}–{high}"


@lru_cache(maxsize=4)
def _fields(rules: Rules) -> list[_Field]:
    modes = {frozenset(pair) for pair in rules.disagreements["modes"]}
    return [
        *(_number_field(kind) for kind in NUMBERS),
        _Field(
            name="place",
            read=_place,
            key=lambda place: (place.name or place.text, place.country, place.geonameid),
            shown=lambda entry, place: place.name or place.text,
            apart=lambda a, b: place_part(a, b, rules) == 0.0,
            same=lambda a, b: place_part(a, b, rules) == 1.0 and _sized(a, rules) == _sized(b, rules),
        ),
        _Field(
            name="time",
            read=_span,
            key=lambda span: span,
            shown=lambda entry, span: _shown_days(span),
            apart=lambda a, b: a[0] > b[1] or b[0] > a[1],
        ),
        _party_field("actors", _actors_apart, _same_parties, rules),
        _party_field("recipients", _one_civil, _same_sort, rules),
        _Field(
            name="mode",
            read=lambda entry: entry.report.mode,
            key=lambda mode: mode,
            shown=lambda entry, mode: mode,
            apart=lambda a, b: frozenset((a, b)) in modes,
        ),
    ]


def _number_field(kind: NumberKind) -> _Field:
    return _Field(
        name=kind,
        read=lambda entry: range_of(entry, kind),
        key=lambda given: given,
        shown=lambda entry, given: shown_range(given),
        apart=lambda a, b: (b[1] is not None and a[0] > b[1]) or (a[1] is not None and b[0] > a[1]),
    )


def _place(entry: Entry) -> Place | None:
    """Where it happened, if by name: "near the border" may lie on either side."""
    place = place_of(entry)
    return place if place is not None and place.name is not None else None


def _sized(place: Place, rules: Rules) -> bool:
    return (place.radius_km or 0) >= rules.place["region_radius_km"]


def _span(entry: Entry) -> _Days | None:
    time = entry.report.time
    if time is None or not (time.first or time.last):
        return None
    return time.first or dt.date.min, time.last or dt.date.max


def _shown_days(span: _Days) -> str:
    ends = ["…" if day in (dt.date.min, dt.date.max) else day.isoformat() for day in span]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}/{ends[1]}"


def _party_field(
    side: Literal["actors", "recipients"],
    apart: Callable[[_Whos, _Whos, Rules], bool],
    same: Callable[[_Whos, _Whos, Rules], bool],
    rules: Rules,
) -> _Field:
    def of(entry: Entry) -> list[tuple[str, Who]]:
        report = entry.report
        parties = getattr(report, side)
        if report.type in rules.symmetric:  # who comes first in the sentence says nothing
            parties = (*report.actors, *report.recipients) if side == "actors" else ()
        found = [(party.name or party.text, who(party, entry.persons, rules)) for party in parties]
        return [(name, one) for name, one in found if one.country or one.key not in rules.unsaid]

    return _Field(
        name=side,
        read=lambda entry: tuple(one for _, one in of(entry)) or None,
        key=lambda held: held,
        shown=lambda entry, held: "; ".join(dict.fromkeys(name for name, _ in of(entry))),
        apart=lambda a, b: apart(a, b, rules),
        same=lambda a, b: same(a, b, rules),
    )


def _actors_apart(left: _Whos, right: _Whos, rules: Rules) -> bool:
    """Whether surely others did it: all told apart by state, person or a name of two words, no two of them with a state
    or a word of their names in common, and no person who may be a member of a body of the other side."""
    if not all(one.person or one.country or len(one.names) > 1 for one in (*left, *right)):
        return False
    pairs = [(one, other) for one in left for other in right]
    if any(one.names & other.names or one.person != other.person for one, other in pairs):
        return False
    states = {one.country for one in left if one.country} & {one.country for one in right if one.country}
    return not states - rules.kinds and sides(left, right, rules) == 0.0


def _same_parties(left: _Whos, right: _Whos, rules: Rules) -> bool:
    return len(left) == len(right) and (sides(left, right, rules) or 0.0) >= rules.parties["state_value"]


def _same_sort(left: _Whos, right: _Whos, rules: Rules) -> bool:
    """Whether all on both sides are civilians, or all are armed: those who say so are shown together."""
    found = {_sort(one, rules) for one in (*left, *right)}
    return len(found) == 1 and found != {None}


def _one_civil(left: _Whos, right: _Whos, rules: Rules) -> bool:
    """Whether all on the one side are civilians and all on the other are armed. Reports choose different victims to
    name, so other names are no disagreement."""
    a, b = ({_sort(one, rules) for one in side} for side in (left, right))
    return len(a) == len(b) == 1 and a | b == {"civil", "armed"}


@lru_cache(maxsize=8192)
def _sort(one: Who, rules: Rules) -> str | None:
    """`civil` or `armed` by the head noun, the word before it ("a civilian convoy") or the sector."""
    table = rules.disagreements
    shown, head = words(one.key), head_of(one.key)
    at = next((n for n, word in enumerate(shown) if head_of(word) == head), len(shown) - 1)
    found = {head_of(word) for word in shown[max(0, at - 1) : at + 1]}
    civil = bool(found & set(table["civil"]) or set(one.sectors[:1]) & set(table["civil_sectors"]))
    armed = bool(found & set(table["armed"]) or set(one.sectors[:1]) & set(table["armed_sectors"]))
    return None if civil == armed else "civil" if civil else "armed"


def _differing(
    field: _Field, entries: Sequence[Entry], originals: Mapping[str, str], rules: Rules
) -> Disagreement | None:
    told = _gather(field, entries, originals, rules)
    apart: set[int] = set()
    sides_named = [one.held for one in told] if field.name in ("actors", "recipients") else []
    for (a, left), (b, right) in combinations(enumerate(told), 2):
        if field.apart(left.held, right.held) and not _together(left.held, right.held, sides_named, rules):
            apart |= {a, b}
    if not apart:
        return None
    return Disagreement(field=field.name, values=tuple(_line(field, told[number]) for number in sorted(apart)))


def _gather(field: _Field, entries: Iterable[Entry], originals: Mapping[str, str], rules: Rules) -> list[_Told]:
    """The values of a field, those that mean the same as one, in the order in which they were first reported."""
    values = {entry.report.id: held for entry in entries if (held := field.read(entry)) is not None}
    given = [entry for entry in entries if entry.report.id in values]
    by_key: dict[Hashable, _Told] = {}
    for entry in fold_copies(given, originals, lambda entry: field.key(values[entry.report.id])):
        held = values[entry.report.id]
        by_key.setdefault(field.key(held), _Told(held=held, entries=[])).entries.append(entry)
    most = sorted(by_key.values(), key=lambda one: -len(one.entries))[: rules.disagreements["compared"]]
    kept = {id(one) for one in most}
    merged: list[_Told] = []
    for one in (one for one in by_key.values() if id(one) in kept):
        home = next((other for other in merged if field.same(other.held, one.held)), None)
        if home is None:
            merged.append(one)
        else:
            home.entries += one.entries
    return merged


def _together(left: _Whos, right: _Whos, named: Sequence[_Whos], rules: Rules) -> bool:
    """Whether some report names both as parties on one side: then they are partners, and no report is wrong."""
    least = rules.parties["state_value"]

    def among(held: _Whos, those: _Whos) -> bool:
        return any((sides((one,), (other,), rules) or 0.0) >= least for one in held for other in those)

    return any(len(held) > 1 and among(left, held) and among(right, held) for held in named)


def _line(field: _Field, one: _Told) -> dict[str, Any]:
    forms = Counter(field.shown(entry, field.read(entry)) for entry in one.entries)
    days = [entry.day for entry in one.entries if entry.day]
    return {
        "value": max(forms, key=lambda form: forms[form]),
        "reports": [entry.report.id for entry in one.entries],
        "sources": list(dict.fromkeys(shown_source(entry) for entry in one.entries)),
        "since": min(days).isoformat() if days else None,
    }
