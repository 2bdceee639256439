"""Positions on key events in the annotated stories: found, source right, stance by class.

A gold position is *found* when a statement covers it: the statement's cue or content shares characters with the gold
cue or content, and both are the outlet's own voice or neither is. It is *coded* when that statement also holds a report
(a happening with a stance): of several the one whose word stands in the position's own words, of the key event's type,
nearest their middle. What the narrator reports must stand in the position's words. The source is right when its words
overlap the gold words or its name is the gold name. Stance is scored over all positions (F1: one not coded is a miss)
and over those coded (share right, precision by class). The gold covers the key events only: positions on other things
are not judged, so that reports too many show in the gate, not here.
"""

import collections
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import reportedly
from benchmarks import data
from benchmarks.report import print_figures
from benchmarks.scorers import Figure, prf

STANCES = ("asserts", "confirms", "denies", "declines", "doubts", "endorses", "condemns")
Extent = tuple[int, int]


@dataclass
class Position:
    """A gold position with its strings located in the article."""

    gold: dict[str, Any]
    source: Extent | None
    cue: Extent | None
    content: Extent | None
    statement: Any = None
    report: Any = None
    story: str = ""
    article: str = ""
    event: Any = None


def occurrences(text: str, words: str | None) -> list[Extent]:
    """All places where a string stands."""
    return [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)] if words else []


def locate(text: str, gold: dict[str, Any]) -> Position:
    """The strings of a position at the places nearest to each other."""
    anchors = occurrences(text, gold["content"]) or occurrences(text, gold["cue"]) or occurrences(text, gold["source"])
    best: tuple[float, Position] | None = None
    for anchor in anchors:
        near = {}
        for key in ("source", "cue", "content"):
            options = occurrences(text, gold[key])
            near[key] = min(options, key=lambda o, a=anchor: abs(o[0] - a[0])) if options else None  # type: ignore[misc]
        spread = sum(abs(span[0] - anchor[0]) for span in near.values() if span)
        if best is None or spread < best[0]:
            best = (spread, Position(gold, near["source"], near["cue"], near["content"]))
    return best[1] if best else Position(gold, None, None, None)


def overlap(a: Extent | None, b: Extent | None) -> int:
    """Characters shared."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def match(position: Position, reading: Any, kind: str | None = None) -> None:
    """The statement, and the report in it, that cover a position best; `kind` is the key event's PLOVER type."""
    outlet = position.gold["source"] is None
    best = 0
    for statement in reading.statements:
        own_voice = statement.is_narrator or statement.source is None
        if own_voice != outlet and not (outlet and own_voice):
            continue
        cue = (statement.cue.start, statement.cue.end) if statement.cue else None
        shared = 120 * (overlap(cue, position.cue) > 0)
        # A nested statement is the better match where it is smaller: count its share of the union.
        spans = [(part.start, part.end) for part in statement.content]
        common = sum(overlap(span, position.content) for span in spans)
        if common and position.content:
            union = sum(e - s for s, e in spans) + position.content[1] - position.content[0] - common
            shared += 1 + (100 * common // union if not statement.is_narrator else 1)
        source = statement.source
        if shared and source and source.start is not None:
            shared += 30 * (overlap((source.start, source.end), position.source) > 0)
        if shared > best:
            best, position.statement = shared, statement
    if position.statement is None:
        return
    reports = [r for r in reading.reports if r.statement == position.statement.id]
    places = [extent for extent in (position.content, position.cue) if extent]

    def inside(report: Any) -> bool:
        return any(overlap((report.trigger.start, report.trigger.end), extent) for extent in places)

    if position.statement.is_narrator:
        reports = [r for r in reports if inside(r)]
    if reports and places:
        middle = sum(places[0]) / 2
        reports.sort(key=lambda r: (not inside(r), r.type != kind, abs(r.trigger.start - middle)))
        position.report = reports[0]


def source_right(position: Position) -> bool:
    """Whether the statement's source is the gold one, by its words or by its name."""
    source = position.statement.source
    if position.gold["source"] is None:
        return True
    if source is None:
        return False
    name = (position.gold["source_name"] or "").lower()
    if source.name and name and (source.name.lower() in name or name in source.name.lower()):
        return True
    return source.start is not None and overlap((source.start, source.end), position.source) > 0


def read_all() -> list[Position]:
    """Every gold position of the stories, matched."""
    folder: Path = data.path("stories")
    reader = reportedly.Reader()
    positions = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        events = {event["id"]: event for event in gold["key_events"]}
        kinds = {event["id"]: None if event["type"] == "OTHER" else event["type"] for event in gold["key_events"]}
        for name, notes in gold["articles"].items():
            file = folder / gold["story"] / f"{name}.txt"
            (article,) = reportedly.open_articles([str(file)])
            reading = reader.read(article)
            for entry in notes["positions"]:
                position = locate(article.text, entry)
                position.story, position.article, position.event = gold["story"], name, events[entry["event"]]
                match(position, reading, kinds[entry["event"]])
                positions.append(position)
    return positions


def stance_of(position: Position) -> str | None:
    """The stance found, None where nothing was coded."""
    return position.report.stance if position.report else None


def run() -> list[Figure]:
    """Figures over all stories together."""
    positions = read_all()
    found = [p for p in positions if p.statement is not None]
    sourced = [p for p in found if p.gold["source"] is not None]
    coded = [p for p in positions if p.report is not None]
    n = len(positions)
    figures = [
        Figure("stories", "positions found (a statement covers it)", len(found) / n, n, "8 stories"),
        Figure("stories", "positions coded (with a happening and stance)", len(coded) / n, n, "8 stories"),
        Figure(
            "stories",
            "source right, of those found",
            sum(map(source_right, found)) / len(found),
            len(found),
            "8 stories",
        ),
        Figure(
            "stories",
            "source right, found and sourced",
            sum(map(source_right, sourced)) / len(sourced),
            len(sourced),
            "8 stories",
        ),
    ]
    agreed = sum(stance_of(p) == p.gold["stance"] for p in coded)
    both = sum(stance_of(p) == p.gold["stance"] and source_right(p) for p in coded)
    figures += [
        Figure("stories", "stance right, of those coded", agreed / len(coded), len(coded), "8 stories"),
        Figure("stories", "source and stance right, of all", both / n, n, "8 stories"),
    ]
    for stance in STANCES:
        right = sum(stance_of(p) == stance == p.gold["stance"] for p in positions)
        gold = sum(p.gold["stance"] == stance for p in positions)
        given = sum(stance_of(p) == stance for p in positions)
        score = prf(right, given, right, gold)
        figures.append(Figure("stories", f"stance F1, {stance}", score.f1, gold, "8 stories"))
        figures.append(Figure("stories", f"stance precision, {stance}", score.precision, given, "8 stories"))
    four = [f.value for f in figures if f.measure in {f"stance F1, {stance}" for stance in STANCES[:4]}]
    figures.append(Figure("stories", "stance F1, mean of those four", sum(four) / len(four), n, "8 stories"))
    return figures


def confusion() -> str:
    """Gold stances down, found ones across."""
    counts = collections.Counter((p.gold["stance"], stance_of(p) or "-") for p in read_all())
    columns = (*STANCES, "-")
    lines = [f"{'':10}" + "".join(f"{c:>10}" for c in columns)]
    return "\n".join(lines + [f"{g:10}" + "".join(f"{counts[g, c]:10}" for c in columns) for g in STANCES])


if __name__ == "__main__":
    if "--confusion" in sys.argv:
        print(confusion())
    else:
        print_figures(run())
