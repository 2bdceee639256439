"""What an actor does to a recipient: PLOVER root type and quad of given pairs (PLV), and whether anything is reported.

PLV folds CONCEDE and RETREAT into YIELD, whose two halves have different quads; a YIELD found as either counts as
the gold quad. Rules and lexicon only, nothing is learned. Errors of the whole of PLV's training part were looked at, so
these are not held-out figures.

The ACE and WikiEvents pairs (`aw_train`) say whether a pair is politically related at all: one counts as found when a
report of the text links the two, either way round.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks import data
from benchmarks.scorers import Figure, macro_f1, prf
from reportedly.extract.events import code_relation, find_reports
from reportedly.extract.statements import find_statements, narrator_statement
from reportedly.language import load_language
from reportedly.ontology import load_ontology
from reportedly.parsing import Parse, SpacyParser
from reportedly.records import Article, Coding, Party, Report, Span

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


def related(rows: Sequence[dict[str, Any]], parser: SpacyParser) -> list[tuple[bool, bool]]:
    """(gold, found) for each pair of the no-event set."""
    ontology, language = load_ontology(), load_language("en")
    results = []
    articles = _articles(rows)
    for row, article, parse in zip(rows, articles, parser.parse_many(articles), strict=True):
        said, _ = find_statements(article, parse, language)
        statements = (narrator_statement(article, parse, said), *said)
        reports = find_reports(article, parse, statements, ontology, language)
        results.append((bool(row["political"]), linked(row, reports)))
    return results


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where the sets are not there."""
    pairs, none = data.lines(PLV), data.lines(AW)
    parser = SpacyParser()
    coded = codings(pairs, parser.parse_many(_articles(pairs)))
    types = macro_f1((row["type"], fold(coding.type)) for row, coding in coded)
    quads = macro_f1(_quad(row, coding) for row, coding in coded)
    links = related(none, parser)
    both = sum(gold and found for gold, found in links)
    score = prf(both, sum(found for _, found in links), both, sum(gold for gold, _ in links))
    unrelated = [found for gold, found in links if not gold]
    return [
        Figure("relations", "root type macro-F1", types, len(coded), "PLV train"),
        Figure("relations", "quad macro-F1", quads, len(coded), "PLV train"),
        Figure("relations", "related pairs: precision", score.precision, len(links), "AW train"),
        Figure("relations", "related pairs: recall", score.recall, len(links), "AW train"),
        Figure(
            "relations", "unrelated pairs left alone", 1 - sum(unrelated) / len(unrelated), len(unrelated), "AW train"
        ),
    ]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.data:12} {figure.measure:32} {figure.value:.3f}  n={figure.n}")
