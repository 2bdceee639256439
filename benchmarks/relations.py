"""What an actor does to a recipient: PLOVER root type and quad of given pairs (PLV), and whether anything is reported.

PLV folds CONCEDE and RETREAT into YIELD, whose two halves have different quads; a YIELD found as either counts as
the gold quad. Rules and lexicon only, nothing is learned. Errors of the whole of PLV's training part were looked at, so
these are not held-out figures.

The ACE and WikiEvents pairs (`aw_train`) say whether a pair is politically related at all: one counts as found when a
report of the text links the two, either way round.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import reportedly
from benchmarks import data
from benchmarks.scorers import Figure, macro_f1, prf
from reportedly.extract.events import code_relation
from reportedly.ontology import load_ontology
from reportedly.parsing import Parse, SpacyParser
from reportedly.records import Article, Coding, Party, Reading, Report, Span

PLV, AW = "events/plv_train.jsonl", "events/aw_train.jsonl"
YIELD = frozenset({"CONCEDE", "RETREAT"})


def fold(code: str) -> str:
    """A PLOVER type as PLV names it."""
    return "YIELD" if code in YIELD else code


def _articles(rows: Iterable[dict[str, Any]]) -> list[Article]:
    return [Article(id=row["id"], sha256="", text=row["text"]) for row in rows]


def _span(row: dict[str, Any], key: str) -> Span:
    start, end = row[key]
    return Span(start=start, end=end, text=row["text"][start:end])


def codings(rows: Sequence[dict[str, Any]], parses: Iterable[Parse]) -> list[tuple[dict[str, Any], Coding]]:
    """Each pair with what is found for it."""
    ontology = load_ontology()
    return [
        (row, code_relation(parse, _span(row, "actor"), _span(row, "recipient"), ontology))
        for row, parse in zip(rows, parses, strict=True)
    ]


def _quad(row: dict[str, Any], coding: Coding) -> tuple[str, str]:
    same = row["type"] == "YIELD" and coding.type in YIELD
    return row["quad"], row["quad"] if same else coding.quad


def linked(row: dict[str, Any], reports: Iterable[Report]) -> bool:
    """Whether a report has one span among its actors and the other among its recipients, either way round."""

    def at(parties: tuple[Party, ...], key: str) -> bool:
        start, end = row[key]
        return any(party.start < end and start < party.end for party in parties)

    return any(
        (at(r.actors, "actor") and at(r.recipients, "recipient"))
        or (at(r.actors, "recipient") and at(r.recipients, "actor"))
        for r in reports
    )


def read(rows: Sequence[dict[str, Any]], reader: reportedly.Reader) -> list[tuple[dict[str, Any], Reading]]:
    """Each row with its reading."""
    return list(zip(rows, reader.read_many(_articles(rows)), strict=True))


def found(row: dict[str, Any], reports: Iterable[Report]) -> list[str]:
    """The types of the reports that have the actor among their actors and the recipient among their recipients."""

    def at(parties: tuple[Party, ...], key: str) -> bool:
        start, end = row[key]
        return any(party.start < end and start < party.end for party in parties)

    return [fold(r.type) for r in reports if r.type and at(r.actors, "actor") and at(r.recipients, "recipient")]


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where the sets are not there."""
    pairs, none = data.lines(PLV), data.lines(AW)
    coded = codings(pairs, SpacyParser().parse_many(_articles(pairs)))
    types = macro_f1((row["type"], fold(coding.type)) for row, coding in coded)
    quads = macro_f1(_quad(row, coding) for row, coding in coded)
    reader = reportedly.Reader()
    ends = [(row["type"], found(row, reading.reports)) for row, reading in read(pairs, reader)]
    links = [(bool(row["political"]), linked(row, reading.reports)) for row, reading in read(none, reader)]
    both = sum(gold and hit for gold, hit in links)
    score = prf(both, sum(hit for _, hit in links), both, sum(gold for gold, _ in links))
    unrelated = [hit for gold, hit in links if not gold]
    hits = [(gold, kinds) for gold, kinds in ends if kinds]
    right = sum(gold in kinds for gold, kinds in hits)
    return [
        Figure("relations", "root type macro-F1, rules", types, len(coded), "PLV train"),
        Figure("relations", "quad macro-F1, rules", quads, len(coded), "PLV train"),
        Figure("relations", "end to end: pair found", len(hits) / len(ends), len(ends), "PLV train"),
        Figure("relations", "end to end: type right, of those", right / len(hits), len(hits), "PLV train"),
        Figure("relations", "end to end: pair and type", right / len(ends), len(ends), "PLV train"),
        Figure("relations", "related pairs: precision", score.precision, len(links), "AW train"),
        Figure("relations", "related pairs: recall", score.recall, len(links), "AW train"),
        Figure(
            "relations", "unrelated pairs left alone", 1 - sum(unrelated) / len(unrelated), len(unrelated), "AW train"
        ),
    ]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.data:12} {figure.measure:32} {figure.value:.3f}  n={figure.n}")
