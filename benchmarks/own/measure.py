"""Measures the system on the set: plain counts by figure, and the misses in words for those who mend them.

Nothing in a headline is judged: what happened is told again below it.
"""

from collections.abc import Sequence
from typing import Any

import reportedly
from benchmarks.own.case import Case, Marks
from benchmarks.own.frame import score_frame, score_origins, score_times
from benchmarks.own.gold import Gold
from benchmarks.own.happenings import score_reports
from benchmarks.own.voices import score_positions, score_statements
from benchmarks.scorers import Figure, prf

STANCES = ("asserts", "denies", "confirms", "declines")
DATA = "benchmarks/own"
PARTS = (score_frame, score_statements, score_reports, score_positions, score_times, score_origins)
SHARES = (
    "dateline",
    "skipped parts",
    "statements: speaker named",
    "statements: kind of quotation",
    "reports: place",
    "reports: dates",
    "reports: numbers",
    "reports: mode",
    "reports: modality and negation",
    "positions found",
)


def mark(golds: Sequence[Gold], reader: Any) -> Marks:
    """Reads every article of the set and compares."""
    marks = Marks()
    for gold in golds:
        (article,) = reportedly.open_articles([str(gold.path)], published=gold.day, publisher=gold.notes["publisher"])
        reading = reader.read(article)
        title = reading.article.title_span
        case = Case(gold, reading, title.end if title else 0)
        for part in PARTS:
            part(case, marks)
    return marks


def figures_of(marks: Marks) -> list[Figure]:
    """The figures that have floors."""
    tallies, figures = marks.tallies, []

    def f1(name: str) -> float:
        t = tallies[name]
        return prf(t.matched_found, t.found, t.matched_gold, t.gold).f1

    for name in SHARES:
        figures.append(
            Figure("own", name, tallies[name].matched_gold / max(1, tallies[name].gold), tallies[name].gold, DATA)
        )
    spans = [f"statements: {role}" for role in ("source", "cue", "content")]
    for name in (*spans, "reports", "reports: parties", "times", "origins"):
        figures.append(Figure("own", f"{name} F1", f1(name), tallies[name].gold, DATA))
    t = tallies["reports"]
    score = prf(t.matched_found, t.found, t.matched_gold, t.gold)
    figures.append(Figure("own", "reports precision", score.precision, t.found, DATA))
    figures.append(Figure("own", "reports recall", score.recall, t.gold, DATA))
    for stance in STANCES:
        figures.append(
            Figure("own", f"stance {stance} F1", f1(f"stance {stance}"), tallies[f"stance {stance}"].gold, DATA)
        )
    mean = sum(f1(f"stance {stance}") for stance in STANCES) / len(STANCES)
    figures.append(
        Figure("own", "stance F1, mean of those four", mean, sum(tallies[f"stance {s}"].gold for s in STANCES), DATA)
    )
    return sorted(figures, key=lambda figure: figure.measure)
