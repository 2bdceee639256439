"""Places: what a name means, and where a reported happening took place."""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence

from reportedly.extract.places.resolving import Sense, key_of, place_of, resolve_spans, senses
from reportedly.extract.places.slots import Slot, find_slots, load_grammar, trimmed
from reportedly.extract.places.where import place_of_report
from reportedly.gazetteer import Gazetteer
from reportedly.parsing import Parse
from reportedly.records import Article, Note, Report

__all__ = ["resolve_places", "resolve_spans"]

# How much ground a place covers, by kind: a town lies in a district, that in a region, that in a country.
_WIDTH = {"country": 3, "continent": 5, "admin1": 2, "admin2": 1, "region": 2, "sea": 4, "river": 2, "mountain": 1}


def resolve_places(
    article: Article, parse: Parse, reports: Sequence[Report], gazetteer: Gazetteer
) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """The reports with the places where they happened, as far as their sentences say.

    A place that the gazetteer lacks, or has too many of, keeps its words without coordinates and a note
    `place-unresolved`. The dateline counts as a hint to what other names mean, never as the place.
    """
    grammar = load_grammar()
    slots, names = find_slots(parse, grammar, gazetteer)
    if not slots:
        return tuple(reports), ()
    chosen = senses(article.text, _spans(article, parse, names, gazetteer), gazetteer, article.publisher, towns=True)
    width: dict[tuple[int, int], int] = {}
    by_sentence: defaultdict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_sentence[parse.sentence_of[slot.first]].append(slot)
        if sense := chosen.get(_key(parse, slot)):
            width[slot.first, slot.stop] = _WIDTH.get(sense.candidate.kind, 0)
    triggers: set[int] = set()
    for report in reports:
        triggers.update(parse.tokens_in(report.trigger.start, report.trigger.end))
    done: list[Report] = []
    notes: dict[Note, None] = {}
    for report in reports:
        tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
        there = by_sentence.get(parse.sentence_of[tokens.start], ()) if tokens else ()
        at = place_of_report(parse, report, there, grammar, width, triggers) if there else None
        if at is None:
            done.append(report)
            continue
        sense = _sure(chosen.get(_key(parse, at)), grammar.least)
        place = place_of(article.text, parse.start[at.first], parse.end[at.stop - 1], sense, gazetteer)
        done.append(dataclasses.replace(report, place=place))
        if sense is None:
            notes[Note(code="place-unresolved", start=place.start, end=place.end, detail=place.text)] = None
    return tuple(done), tuple(notes)


def _spans(article: Article, parse: Parse, names: list[tuple[int, int]], gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """The characters of all that helps to tell senses apart: names of places and peoples, and the dateline's."""
    peoples = [trimmed(parse, n.first, n.stop, gazetteer) for n in parse.names if n.label == "NORP"]
    spans = [(parse.start[first], parse.end[stop - 1]) for first, stop in (*names, *peoples)]
    line = article.dateline
    if line and line.place and (at := article.text.find(line.place, line.start, line.end)) >= 0:
        spans.append((at, at + len(line.place)))
    return spans


def _key(parse: Parse, slot: Slot) -> str:
    return key_of(parse.text[parse.start[slot.first] : parse.end[slot.stop - 1]])


def _sure(sense: Sense | None, least: float) -> Sense | None:
    return sense if sense and sense.score >= least else None
