"""Do articles on one story meet in an event? BASIL (three outlets a story) and a sample of FNC-1 (many, with copies).

Two articles are put together when at least one event of the ledger has reports of both. That relation need not be
transitive, so B-cubed is taken over each article's own set: itself and all it meets. Of the copies, the share within
one story is given: a copy across stories is wrong. Publication dates are used where the set has them.

In the annotated stories, the positions on one key event are to stand in one event: precision and recall over pairs of
positions, all stories in one ledger. A position that no report codes stands alone, which bounds recall: `bound` is the
recall if every coded position were linked rightly.

Scaling: articles on invented happenings, seconds of one core to add, link and list them.

    python -m benchmarks.coverage
"""

import datetime as dt
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

import reportedly
from benchmarks import data, stories
from benchmarks.articles import article_of, ledger_of
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


def _measure(name: str, rows: list[dict[str, Any]], key: str) -> list[Figure]:
    story = {row["id"]: row[key] for row in rows}
    by_story: dict[str, list[str]] = defaultdict(list)
    for article, its in story.items():
        by_story[its].append(article)
    ledger = ledger_of(map(article_of, rows))
    events = ledger.events()
    found = together(({line.article for line in event.reports} for event in events), story)
    gold = together(by_story.values(), story)
    read = sum(1 for _ in ledger.articles())
    figures = [Figure(TASK, "articles read", read / len(story), len(story), name)]
    for measure, score in (("pairs", pairwise(found, gold)), ("b-cubed", b_cubed(found, gold))):
        for part in ("precision", "recall", "f1"):
            figures.append(Figure(TASK, f"{measure} {part}", getattr(score, part), len(story), name))
    copies = [copy for copy in ledger.copies() if copy.kind == "whole"]
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


def _pairs(counts: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts)


def _key_events() -> list[Figure]:
    """Whether the positions on one key event stand in one event."""
    folder = data.path("stories")
    reader, ledger = reportedly.Reader(), reportedly.Ledger(":memory:")
    placed: list[tuple[Hashable, str | None]] = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for name, notes in gold["articles"].items():
            (article,) = reportedly.open_articles([str(folder / gold["story"] / f"{name}.txt")])
            reading = reader.read(article)
            ledger.add(reading)
            for row in notes["positions"]:
                position = stories.locate(article.text, row)
                stories.match(position, reading)
                placed.append(((gold["story"], row["event"]), position.report.id if position.report else None))
    ledger.link()
    home = {line.report: event.id for event in ledger.events() for line in event.reports}
    ledger.close()
    found: list[Hashable] = [home.get(report or "", n) for n, (_, report) in enumerate(placed)]
    keys = [key for key, _ in placed]
    right, gold_pairs = _pairs(Counter(zip(keys, found, strict=True)).values()), _pairs(Counter(keys).values())
    score = prf(right, _pairs(Counter(found).values()), right, gold_pairs)
    bound = _pairs(Counter(key for key, report in placed if report in home).values()) / gold_pairs
    values = {"precision": score.precision, "recall": score.recall, "f1": score.f1, "recall, bound": bound}
    return [Figure(TASK, f"key events, pairs {n}", v, len(placed), "8 stories") for n, v in values.items()]


def _invented(count: int, seed: int = 1) -> list[reportedly.Article]:
    """Articles that each tell five of the thirty happenings then in the news; one in ten is printed again as it is."""
    rng = random.Random(seed)
    states = [
        f"{place}{kind}" for place in ("North", "South", "East", "West") for kind in ("land", "moor", "wood", "hill")
    ]
    deeds = (
        "attacked a {} in",
        "arrested workers of a {} in",
        "bombed a {} in",
        "seized a {} in",
        "withdrew from a {} in",
    )
    things = ("harbour", "bridge", "convoy", "village", "station", "airfield", "depot", "market", "school", "mine")
    happenings = [
        f"The army of {rng.choice(states)} {rng.choice(deeds).format(rng.choice(things))} {rng.choice(states)}"
        for _ in range(count // 3 + 30)
    ]
    articles: list[reportedly.Article] = []
    printed: list[str] = []
    for number in range(count):
        recent = happenings[number // 3 : number // 3 + 30]
        said = [f"{rng.choice(recent)}, an official told the {rng.choice(things)} watch." for _ in range(5)]
        text = rng.choice(printed[-30:]) if number and rng.random() < 0.1 else " ".join(said)
        printed.append(text)
        day = dt.date(2031, 1, 1) + dt.timedelta(days=number * 180 // count)
        articles.append(
            reportedly.article_from_text(text, id=f"{number}", publisher=f"Outlet {number % 40}", published=day)
        )
    return articles


def _scaling(count: int = 1000) -> list[Figure]:
    """Seconds of one core to add so many articles, to link them all, and to list the events."""
    readings = list(reportedly.Reader().read_many(_invented(count)))
    ledger = reportedly.Ledger(":memory:")
    steps: Mapping[str, Callable[[], Any]] = {
        "add": lambda: [ledger.add(reading) for reading in readings],
        "link": ledger.link,
        "list events": ledger.events,
    }
    figures = []
    for name, step in steps.items():
        start = time.process_time()
        step()
        spent = time.process_time() - start
        figures.append(Figure(TASK, f"{name}, seconds of one core", spent, count, "invented articles", "s"))
    ledger.close()
    return figures


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where a set is not on this machine."""
    basil = _measure("BASIL", data.lines("coverage/basil_2010_2016.jsonl"), "event")
    fnc = _measure("FNC-1 sample", _sample(data.lines("coverage/fnc1_train.jsonl")), "story")
    return basil + fnc + _key_events() + _scaling()


if __name__ == "__main__":
    print_figures(run())
