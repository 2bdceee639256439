"""Gives each report the place where it happened, as far as its sentence or what stands before it says."""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.places.expressions import Located, locate, place_of_expression
from reportedly.extract.places.finding import LIKELY, find_names
from reportedly.extract.places.pointing import point_back
from reportedly.extract.places.resolving import Sense, key_of, place_of, senses
from reportedly.extract.places.slots import Grammar, Slot, find_slots, load_grammar, slot_of, unknown_names
from reportedly.extract.places.where import place_of_report
from reportedly.gazetteer import Gazetteer, Tier
from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import Article, Note, Place, Report

# How much ground a place covers, by kind: a town lies in a district, that in a region, that in a country.
_WIDTH = {"country": 3, "continent": 5, "admin1": 2, "admin2": 1, "region": 2, "sea": 4, "river": 2, "mountain": 1}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of places in an article: token ranges, and the sense of each by its key."""

    parse: Parse
    spans: tuple[tuple[int, int], ...]
    chosen: Mapping[str, Sense]

    def sense(self, first: int, stop: int) -> Sense | None:
        """What the name at these tokens means."""
        return self.at(self.parse.start[first], self.parse.end[stop - 1])

    def at(self, start: int, end: int) -> Sense | None:
        """What the name at these characters means."""
        return self.chosen.get(key_of(self.parse.text[start:end]))

    def is_people(self, first: int, stop: int) -> bool:
        """Whether it is a people's name ("Syrian"), which stands for a country but is not where something happens."""
        sense = self.sense(first, stop)
        return sense is not None and sense.candidate.tier == Tier.DEMONYM


def resolve_places(
    article: Article, parse: Parse, reports: Sequence[Report], gazetteer: Gazetteer, language: Language
) -> tuple[tuple[Report, ...], tuple[Place, ...], tuple[Note, ...]]:
    """The reports with the places where they happened, and all places that the article names.

    A place that the gazetteer lacks, or has too many of, keeps its words without coordinates and a note
    `place-unresolved`; a typed happening whose place is not told has none and a note `place-unknown`. The dateline
    counts as a hint to what other names mean; it is the place only of what happened "here".
    """
    grammar = load_grammar()
    names, named = name_places(article, parse, gazetteer, language)
    unknown = unknown_names(parse, grammar, gazetteer, names.spans)
    inside = {token for first, stop in unknown for token in range(first, stop)}
    grounds = [span for span in names.spans if not names.is_people(*span) and span[0] not in inside]
    slots = find_slots(parse, grammar, [*grounds, *unknown])
    located = locate(parse, names.spans, names.chosen, _sentences(parse, reports))
    slots = _with_phrases(parse, grammar, slots, located)
    placed = _in_sentence(article, parse, reports, slots, names, located, gazetteer, grammar)
    # What is pointed back to must be as sure as a name of the sentence itself, and a place rather than a people.
    peoples = {parse.start[first] for first, stop in names.spans if names.is_people(first, stop)}
    sure = [p for p in named if p.start not in peoples and p.score is not None and p.score >= grammar.least]
    placed.update(point_back(article, parse, reports, placed, sure, grammar))
    return _finished(reports, placed), named, _notes(reports, placed)


def name_places(
    article: Article, parse: Parse, gazetteer: Gazetteer, language: Language
) -> tuple[Names, tuple[Place, ...]]:
    """The names of places in an article with their senses, and those of them that are likely places as records."""
    found = find_names(parse, gazetteer, language)
    spans = tuple((first, stop) for first, stop, _ in found)
    names = Names(parse, spans, _senses(article, parse, spans, gazetteer))
    extents = _dateline(article)
    extents += [(parse.start[first], parse.end[stop - 1]) for first, stop, share in found if share > LIKELY]
    named = tuple(
        place_of(article.text, start, end, sense, gazetteer)
        for start, end in sorted(extents)
        if (sense := names.chosen.get(key_of(article.text[start:end]))) is not None
    )
    return names, named


def find_spatial(article: Article, parse: Parse, gazetteer: Gazetteer, language: Language) -> tuple[Place, ...]:
    """What the spatial expressions of an article mean ("25 miles into Iraq"), each with its shape, in text order."""
    names, _ = name_places(article, parse, gazetteer, language)
    located = locate(parse, names.spans, names.chosen, range(len(parse.sentences)))
    places = (
        place_of_expression(article.text, one.expression, one.names, names.chosen, gazetteer)
        for _, one in sorted(located.items())
    )
    return tuple(place for place in places if place is not None)


def _senses(
    article: Article, parse: Parse, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer
) -> Mapping[str, Sense]:
    """The senses of the names, with the dateline's as a hint."""
    extents = [(parse.start[first], parse.end[stop - 1]) for first, stop in spans]
    return senses(article.text, [*extents, *_dateline(article)], gazetteer, article.publisher, towns=True)


def _dateline(article: Article) -> list[tuple[int, int]]:
    """The names in the dateline, which has no tokens: "AMMAN, Jordan"."""
    line = article.dateline
    if line is None or not line.place:
        return []
    extents = []
    at = line.start
    for part in line.place.split(","):
        name = re.compile(re.escape(part.strip()), re.IGNORECASE)  # the record has "Amman", the text "AMMAN"
        if part.strip() and (found := name.search(article.text, at, line.end)):
            extents.append(found.span())
            at = found.end()
    return extents


def _sentences(parse: Parse, reports: Sequence[Report]) -> set[int]:
    """The sentences with reports."""
    found = set()
    for report in reports:
        if tokens := parse.tokens_in(report.trigger.start, report.trigger.end):
            found.add(parse.sentence_of[tokens.start])
    return found


def _with_phrases(
    parse: Parse, grammar: Grammar, slots: Sequence[Slot], located: Mapping[tuple[int, int], Located]
) -> list[Slot]:
    """The slots, with one for each phrase whose names fill none ("near the Syrian border")."""
    result = list(slots)
    for (first, stop), _ in located.items():
        if not any(first <= slot.first and slot.stop <= stop for slot in slots):
            result.extend(slot_of(parse, grammar, first, stop))
    return sorted(result, key=lambda slot: slot.first)


def _in_sentence(
    article: Article,
    parse: Parse,
    reports: Sequence[Report],
    slots: Sequence[Slot],
    names: Names,
    located: Mapping[tuple[int, int], Located],
    gazetteer: Gazetteer,
    grammar: Grammar,
) -> dict[str, Place]:
    """The places that the reports' own sentences give, by report."""
    width: dict[tuple[int, int], int] = {}
    by_sentence: defaultdict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_sentence[parse.sentence_of[slot.first]].append(slot)
        if (slot.first, slot.stop) in located:
            width[slot.first, slot.stop] = 1
        elif sense := names.sense(slot.first, slot.stop):
            width[slot.first, slot.stop] = _WIDTH.get(sense.candidate.kind, 0)
    triggers = {token for report in reports for token in parse.tokens_in(report.trigger.start, report.trigger.end)}
    placed: dict[str, Place] = {}
    for report in reports:
        tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
        there = by_sentence.get(parse.sentence_of[tokens.start], ()) if tokens else ()
        at = place_of_report(parse, report, there, grammar, width, triggers) if there else None
        if at is not None:
            placed[report.id] = _place(article, parse, at, names, located, gazetteer, grammar)
    return placed


def _place(
    article: Article,
    parse: Parse,
    slot: Slot,
    names: Names,
    located: Mapping[tuple[int, int], Located],
    gazetteer: Gazetteer,
    grammar: Grammar,
) -> Place:
    for (first, stop), one in located.items():
        if first <= slot.first and slot.stop <= stop:
            said = one.expression
            sure = all((sense := names.at(*extent)) and sense.score >= grammar.least for extent in said.anchors)
            place = place_of_expression(article.text, said, one.names, names.chosen, gazetteer) if sure else None
            # What cannot be drawn keeps its words only: "outside Syria" is not Syria.
            return place or Place(text=article.text[said.start : said.end], start=said.start, end=said.end)
    sense = names.sense(slot.first, slot.stop)
    if sense is not None and sense.score < grammar.least:
        sense = None
    return place_of(article.text, parse.start[slot.first], parse.end[slot.stop - 1], sense, gazetteer)


def _finished(reports: Sequence[Report], placed: Mapping[str, Place]) -> tuple[Report, ...]:
    return tuple(
        dataclasses.replace(report, place=placed[report.id]) if report.id in placed else report for report in reports
    )


def _notes(reports: Sequence[Report], placed: Mapping[str, Place]) -> tuple[Note, ...]:
    notes: dict[Note, None] = {}
    for report in reports:
        place = placed.get(report.id)
        if place is None:
            if report.type is not None and report.modality == "actual":
                notes[
                    Note(code="place-unknown", start=report.trigger.start, end=report.trigger.end, detail=report.id)
                ] = None
        elif place.lat is None:
            notes[Note(code="place-unresolved", start=place.start, end=place.end, detail=place.text)] = None
    return tuple(notes)
