"""Do articles on one story meet in an event? BASIL (three outlets a story) and a sample of FNC-1 (many, with copies).

Two articles are put together when at least one event of the ledger has reports of both. That relation need not be
transitive, so B-cubed is taken over each article's own set: itself and all it meets. Of the copies, the share within
one story is given: a copy across stories is wrong. Publication dates are used where the set has them.

    python -m benchmarks.coverage
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import reportedly
from benchmarks import data
from benchmarks.report import print_figures
from benchmarks.scorers import Figure, Score, prf

TASK = "coverage"
# Stories of FNC-1 with this many articles, in the order of the file: enough for both figures, and a few minutes long.
_STORY_SIZES = range(3, 9)
_STORIES = 24

Sets = Mapping[str, frozenset[str]]


def pairwise(found: Sets, gold: Sets) -> Score:
    """Precision, recall and F1 over pairs of articles that stand together."""
    pairs, true = ({(a, b) for a, others in sets.items() for b in others if a < b} for sets in (found, gold))
    return prf(len(pairs & true), len(pairs), len(pairs & true), len(true))


def b_cubed(found: Sets, gold: Sets) -> Score:
    """B-cubed over each article's own set, itself included: means of the precision and the recall of the sets."""
    both = {article: len(found[article] & gold[article]) for article in gold}
    precision = sum(both[article] / len(found[article]) for article in gold) / len(gold)
    recall = sum(both[article] / len(gold[article]) for article in gold) / len(gold)
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def together(groups: Iterable[Iterable[str]], articles: Iterable[str]) -> Sets:
    """Each article with all that it shares a group with, itself included."""
    sets = {article: {article} for article in articles}
    for group in groups:
        members = set(group)
        for article in members:
            sets[article] |= members
    return {article: frozenset(members) for article, members in sets.items()}


def _ledger(rows: list[dict[str, Any]]) -> reportedly.Ledger:
    """A ledger in memory with the articles read and linked. One that cannot be read is left out: it meets no other."""
    articles = [
        reportedly.article_from_text(
            row["text"],
            id=row["id"],
            publisher=row["publisher"],
            published=row["published"],
            title=row["headline"],
            url=row["url"],
        )
        for row in rows
    ]
    ledger = reportedly.Ledger(":memory:")
    reader = reportedly.Reader()
    for article, parse in reader.parse_many(articles):
        try:
            reading = reader.derive(article, parse)
        except reportedly.ReportedlyError as error:
            print(f"not read: {article.id}: {error}", file=sys.stderr)
        else:
            ledger.add(reading)
    ledger.link()
    return ledger


def _measure(name: str, rows: list[dict[str, Any]], key: str) -> list[Figure]:
    story = {row["id"]: row[key] for row in rows}
    by_story: dict[str, list[str]] = defaultdict(list)
    for article, its in story.items():
        by_story[its].append(article)
    ledger = _ledger(rows)
    events = ledger.events()
    found = together(({line.article for line in event.reports} for event in events), story)
    gold = together(by_story.values(), story)
    read = sum(1 for _ in ledger.articles())
    figures = [Figure(TASK, "articles read", read / len(story), len(story), name)]
    for measure, score in (("pairs", pairwise(found, gold)), ("b-cubed", b_cubed(found, gold))):
        for part in ("precision", "recall", "f1"):
            figures.append(Figure(TASK, f"{measure} {part}", getattr(score, part), len(story), name))
    copies = ledger.copies()
    if copies:
        right = sum(story[copy.article] == story[copy.copy_of] for copy in copies)
        figures.append(Figure(TASK, "copies within a story", right / len(copies), len(copies), name))
    ledger.close()
    return figures


def _sample(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_story: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_story[row["story"]].append(row)
    chosen = [story for story in by_story.values() if len(story) in _STORY_SIZES]
    return [row for story in chosen[:_STORIES] for row in story]


def run() -> list[Figure]:
    """The figures on both sets. Raises DataAbsentError where they are not on this machine."""
    basil = _measure("BASIL", data.lines("coverage/basil_2010_2016.jsonl"), "event")
    fnc = _measure("FNC-1 sample", _sample(data.lines("coverage/fnc1_train.jsonl")), "story")
    return basil + fnc


if __name__ == "__main__":
    print_figures(run())
