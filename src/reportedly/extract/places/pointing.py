"""Places told before: "the city", "there", "here", and the place of what a definite noun points back to."""

import dataclasses
from collections.abc import Mapping, Sequence

from reportedly.extract.places.slots import Grammar
from reportedly.parsing import Parse
from reportedly.records import Article, Place, Report
from reportedly.telling import goes_on, is_definite

_BACK = 3  # sentences
_LEAD = 2  # the title is sentence 0


def point_back(
    article: Article,
    parse: Parse,
    reports: Sequence[Report],
    placed: Mapping[str, Place],
    named: Sequence[Place],
    grammar: Grammar,
) -> dict[str, Place]:
    """The places of reports whose sentences name none, by report; `basis` says how.

    "earlier": the trigger's clause has "there" or "in the city", and a place of that sort stands in the sentences
    before; or it points back to a happening of its type just before ("the attack") or tells what came of it ("Four
    people died"). "lead": the title has the place of the lead's happening of its type. "dateline": the clause has
    "here". Nothing else is taken over.
    """
    found: dict[str, Place] = {}
    last: dict[str | None, tuple[int, Place]] = {}  # trigger, place
    titles: list[Report] = []
    for report in sorted(reports, key=lambda one: one.trigger.start):
        tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
        if not tokens:
            continue
        trigger = parse.top(tokens.start, tokens.stop)
        place = placed.get(report.id)
        if place is None and report.modality == "actual":
            place = _told(article, parse, trigger, named, grammar) or _same(parse, trigger, last.get(report.type))
            if place is not None:
                found[report.id] = place
            elif article.title_span and report.trigger.start < article.title_span.end:
                titles.append(report)
        if place is not None and report.type is not None:
            last[report.type] = (trigger, place)
            if titles and parse.sentence_of[trigger] <= _LEAD:
                for title in titles:
                    if title.type == report.type:
                        found.setdefault(title.id, dataclasses.replace(place, basis="lead"))
    return found


def _same(parse: Parse, trigger: int, before: tuple[int, Place] | None) -> Place | None:
    """The place of the happening just before that a definite noun points back to, or that the clause tells more of."""
    if before is None or trigger == before[0]:
        return None
    away = parse.sentence_of[trigger] - parse.sentence_of[before[0]]
    near = away == 1 and parse.paragraph_of[trigger] == parse.paragraph_of[before[0]]
    if (away <= _BACK and is_definite(parse, trigger)) or (near and goes_on(parse, trigger)):
        return dataclasses.replace(before[1], basis="earlier")
    return None


def _told(article: Article, parse: Parse, trigger: int, named: Sequence[Place], grammar: Grammar) -> Place | None:
    """The place that "there", "here" or "in the city" in the trigger's clause means."""
    for token in _clause(parse, trigger):
        word = parse.lower[token]
        if word == "here" and parse.dep[token] == "advmod" and (line := article.dateline) and line.place:
            there = next((place for place in named if line.start <= place.start < line.end), None)
            return dataclasses.replace(there, basis="dateline") if there else None
        kinds = grammar.nouns.get(word)
        definite = kinds is not None and is_definite(parse, token)
        inside = parse.dep[token] == "pobj" and parse.lower[parse.head[token]] in grammar.always
        if word == "there" and parse.dep[token] == "advmod":
            kinds, definite, inside = frozenset({"city", "capital", "admin1", "admin2", "region", "site"}), True, True
        if kinds is None or not definite or not inside:
            continue
        first = parse.sentences[max(0, parse.sentence_of[trigger] - _BACK)][0]
        reach = parse.start[first]
        before = [
            p for p in named if reach <= p.start < parse.start[token] and p.kind in kinds and p.text[:1].isupper()
        ]
        if before:
            return dataclasses.replace(before[-1], basis="earlier")
    return None


def _clause(parse: Parse, trigger: int) -> list[int]:
    """The tokens under the trigger, or under its verb where it is a noun."""
    top = trigger
    while parse.pos[top] not in ("VERB", "AUX") and parse.head[top] != top:
        top = parse.head[top]
    return list(range(parse.left[top], parse.right[top]))
