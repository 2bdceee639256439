"""What the reports of one happening agree on: parties, places, days, numbers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from reportedly.linking.facts import place_of
from reportedly.linking.origins import denies
from reportedly.linking.parties import party_part, who
from reportedly.linking.rules import Rules
from reportedly.linking.scores import place_part
from reportedly.records import Actor, Entry, Number, NumberRange, Party, Place

T = TypeVar("T")
# Parties named by less than this share of the reports of the best supported one are slips or asides of single reports.
_SUPPORT = 1 / 3


def majority(values: Iterable[T | None]) -> T | None:
    """The most frequent value that is not None; the first of equals."""
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: counts[value]) if counts else None


def parties(entries: Sequence[Entry], side: Literal["actors", "recipients"], rules: Rules) -> tuple[Actor, ...]:
    """The parties of one side that the reports agree on, the best supported first, each by its best name."""
    groups: list[list[tuple[Entry, Party]]] = []
    for entry in entries:
        for party in getattr(entry.report, side):
            home = next((g for g in groups if _are_one(g[0][1], party, rules)), None)
            if home is None:
                groups.append([(entry, party)])
            else:
                home.append((entry, party))
    support = [len({entry.article for entry, _ in group}) for group in groups]
    most = max(support, default=0)
    kept = [(n, group) for n, group in zip(support, groups, strict=True) if n >= most * _SUPPORT]
    coded = [(n, group) for n, group in kept if any(p.name or p.country for _, p in group)]
    # "The group" and "militants" say nothing beside a party that has a name.
    kept = coded or kept
    kept.sort(key=lambda item: -item[0])
    kept = [item for item in kept if item is kept[0] or not _other_words(item[1], kept[0][1], rules)]
    return tuple(_best([party for _, party in group], rules) for _, group in kept)


def _other_words(group: list[tuple[Entry, Party]], best: list[tuple[Entry, Party]], rules: Rules) -> bool:
    """Whether a group is another way to speak of the best supported one: both common nouns, never in one report."""
    common = not any(who(party, entry.persons, rules).named for entry, party in (*group, *best))
    return common and not {entry.report.id for entry, _ in group} & {entry.report.id for entry, _ in best}


def without(those: tuple[Actor, ...], known: tuple[Actor, ...], rules: Rules) -> tuple[Actor, ...]:
    """Those that are not among the known: the same by name, or organs of the same state."""

    def party(actor: Actor) -> Party:
        return Party(
            mention=None,
            text=actor.name,
            start=0,
            end=0,
            name=actor.name,
            country=actor.country,
            sectors=actor.sectors,
        )

    return tuple(actor for actor in those if not any(_are_one(party(actor), party(held), rules) for held in known))


def _are_one(left: Party, right: Party, rules: Rules) -> bool:
    return (party_part(left, right, rules) or 0.0) >= float(rules.parties["state_value"])


def _best(group: list[Party], rules: Rules) -> Actor:
    """The form most often given, a coded one before words alone, then the more specific, then the shorter name."""
    counts = Counter((party.name or party.text, party.country, party.sectors) for party in group)
    coded = {(party.name or party.text, party.country, party.sectors) for party in group if party.name}

    def rank(form: tuple[str, str | None, tuple[str, ...]]) -> tuple[bool, int, bool, int, int, str]:
        return form not in coded, -counts[form], form[1] is None, -len(form[2]), len(form[0]), form[0]

    name, country, sectors = min(counts, key=rank)
    is_state = country is not None and not sectors and country not in rules.kinds
    return Actor(name=name, country=country, sectors=sectors, kind="country" if is_state else "other")


def places(entries: Sequence[Entry], rules: Rules) -> tuple[Place, ...]:
    """The places that the reports name, the most often named first; a region after the places in it."""
    groups: list[tuple[Place, set[str]]] = []
    for entry in entries:
        place = place_of(entry)
        if place is None:
            continue
        home = next((arts for held, arts in groups if place_part(held, place, rules) == 1.0), None)
        if home is None:
            groups.append((place, {entry.article}))
        else:
            home.add(entry.article)
    groups.sort(key=lambda item: (item[0].lat is None, -len(item[1])))
    return tuple(place for place, _ in groups)


def latest(entries: Sequence[Entry]) -> dt.date | None:
    """The first day on which a happening was reported, the latest that it can have; None for plans and histories."""
    told = (e.day for e in entries if e.day and e.report.modality == "actual" and e.report.type is not None)
    return min(told, default=None)


def days(entries: Sequence[Entry]) -> tuple[dt.date | None, dt.date | None]:
    """The interval on which most reports' intervals meet, the narrowest of the best supported.

    Never the day of publication: (None, None) where no report says when.
    """
    spans = Counter(
        (entry.report.time.first, entry.report.time.last)
        for entry in entries
        if entry.report.time and (entry.report.time.first or entry.report.time.last)
    )
    if not spans:
        return None, None

    def meets(a: tuple[dt.date | None, dt.date | None], b: tuple[dt.date | None, dt.date | None]) -> bool:
        return (a[0] or dt.date.min) <= (b[1] or dt.date.max) and (b[0] or dt.date.min) <= (a[1] or dt.date.max)

    def width(span: tuple[dt.date | None, dt.date | None]) -> int:
        return ((span[1] or dt.date.max) - (span[0] or dt.date.min)).days

    return min(spans, key=lambda span: (-sum(n for other, n in spans.items() if meets(span, other)), width(span)))


def numbers(entries: Sequence[Entry], kind: Literal["killed", "injured"]) -> NumberRange:
    """All counts that were given, each with who gave it; `min` and `max` over them."""
    lines: list[Mapping[str, Any]] = []
    for entry in entries:
        if denies(entry):
            continue
        for low, high, words in counts(entry, kind):
            lines.append(
                {
                    "report": entry.report.id,
                    "article": entry.article,
                    "source": _source(entry),
                    "low": low,
                    "high": high,
                    "text": words,
                }
            )
    lows = [line["low"] for line in lines]
    highs = [line["low"] if line["high"] is None else line["high"] for line in lines]
    return NumberRange(min=min(lows, default=None), max=max(highs, default=None), by_source=tuple(lines))


def counts(entry: Entry, kind: str) -> list[tuple[int, int | None, str | None]]:
    """The numbers of a kind that a report gives: (low, high or None for no upper end, words)."""
    given: list[Number] = [number for number in entry.report.numbers if number.kind == kind]
    if given:
        return [(number.low, number.high, number.text) for number in given]
    bare = None if kind == "captured" else getattr(entry.report, kind)
    return [] if bare is None else [(bare, bare, None)]


def _source(entry: Entry) -> str | None:
    source = entry.statement.source
    if source is None:
        return None
    return entry.publisher if source.kind == "narrator" else source.name or source.text
