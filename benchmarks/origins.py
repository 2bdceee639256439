"""Whom articles credit, and how many independent origins a happening has, in the annotated stories.

Origins of an article: precision, recall and F1 of the names that `Reading.origins` gives against the gold names, micro
over articles. Names are one when they are equal without case, accents, marks and "the", when the directory has both as
one outlet, or when the words of one stand in the other ("Coast Daily" and "Coast Daily newspaper"); `exact` asks for
the first of these. Each name is matched once.

Independent origins of a key event: `origins_of` over the reports that stand for its gold positions, with the copies
found among the story's articles, so that the figure does not depend on linking. Two gold numbers are counted, over the
articles that assert or confirm the event, near copies folded: by article, all names that these articles credit, else
the outlet or the article itself; by position, who relays each position or is its source, a position without one adding
the article's own voice only where it credits nobody. The error is the mean absolute difference.

The stories in KEPT are never looked at for errors: they say what the rules are worth on text they were not made on. Two
more were kept aside until the rules had been made on five; they have been read since.

    python -m benchmarks.origins [--errors]
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import reportedly
from benchmarks import data, stories
from benchmarks.report import print_figures
from benchmarks.scorers import Figure, prf
from reportedly.directory import load_directory
from reportedly.linking import find_copies, origins_of
from reportedly.linking.text import words

TASK = "origins"
KEPT = ("ebola",)
_SAYING = ("asserts", "confirms")


@dataclass(frozen=True)
class Told:
    """One article of a story: its reading and its gold notes."""

    story: str
    name: str
    gold: Mapping[str, Any]
    reading: Any
    kinds: Mapping[str, str | None]


@cache
def key(name: str) -> str:
    """A name without case, accents, marks and "the"."""
    found = words(name.replace("-", " "))
    return " ".join(found[1:] if len(found) > 1 and found[0] == "the" else found)


@cache
def canonical(name: str) -> str:
    """The key of the outlet that the directory knows by this name, else of the name."""
    return key(load_directory().outlet(name) or name)


def same_name(left: str, right: str) -> bool:
    """Whether two names can be one: see above."""
    if key(left) == key(right) or canonical(left) == canonical(right):
        return True
    a, b = set(key(left).split()), set(key(right).split())
    return a <= b or b <= a


def pairs(found: Sequence[str], gold: Sequence[str]) -> list[tuple[str, str]]:
    """(found, gold) names that are one, each used once, equal ones first."""
    matched: list[tuple[str, str]] = []
    for test in (lambda a, b: key(a) == key(b), same_name):
        for name in gold:
            if name in {g for _, g in matched}:
                continue
            taken = {f for f, _ in matched}
            hit = next((f for f in found if f not in taken and test(f, name)), None)
            if hit is not None:
                matched.append((hit, name))
    return matched


def read_all(reader: reportedly.Reader) -> list[Told]:
    """All articles of the stories, read. Raises DataAbsentError."""
    folder = data.path("stories")
    told = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        kinds = {event["id"]: None if event["type"] == "OTHER" else event["type"] for event in gold["key_events"]}
        for name, notes in gold["articles"].items():
            (article,) = reportedly.open_articles([str(folder / gold["story"] / f"{name}.txt")])
            told.append(Told(gold["story"], name, notes, reader.read(article), kinds))
    return told


def credited(told: Iterable[Told], part: str) -> list[Figure]:
    """Precision, recall and F1 of the names that articles credit."""
    right = exact = given = wanted = articles = 0
    for one in told:
        names, gold = [origin.name for origin in one.reading.origins], one.gold["origins"]
        matched = pairs(names, gold)
        right += len(matched)
        exact += sum(key(a) == key(b) for a, b in matched)
        given, wanted, articles = given + len(names), wanted + len(gold), articles + 1
    score = prf(right, given, right, wanted)
    values = {
        "origins of an article, precision": score.precision,
        "origins of an article, recall": score.recall,
        "origins of an article, F1": score.f1,
        "origins of an article, F1, exact names": prf(exact, given, exact, wanted).f1,
    }
    return [Figure(TASK, measure, value, articles, part) for measure, value in values.items()]


def gold_roots(told: Sequence[Told], event: str, by_position: bool) -> set[str]:
    """The independent origins of a key event by the gold notes of a story's articles."""
    notes = {one.name: one.gold for one in told}
    roots: set[str] = set()
    for one in told:
        saying = [p for p in one.gold["positions"] if p["event"] == event and p["stance"] in _SAYING]
        if not saying:
            continue
        original = _original(one.name, notes)
        origins = notes[original]["origins"]
        own = notes[original]["outlet"] or original
        if not by_position:
            roots |= set(origins) or {own}
            continue
        for position in saying:
            known = [n for n in (position["relayed_by"], position["source_name"]) if n in origins]
            if known:
                roots.add(known[0])
            elif not origins:
                roots.add(own)
        if origins and not any(p["relayed_by"] in origins or p["source_name"] in origins for p in saying):
            roots.add(origins[0])
    return {canonical(root) for root in roots}


def _original(name: str, notes: Mapping[str, Mapping[str, Any]]) -> str:
    seen = [name]
    while (step := notes[seen[-1]]["near_copy_of"]) and step not in seen:
        seen.append(step)
    return min(seen[seen.index(step) :]) if step else seen[-1]


def events_of(told: Sequence[Told]) -> dict[tuple[str, str], tuple[set[str], set[str], Mapping[str, Any]]]:
    """By story and key event: the gold roots by article and by position, and the origins found."""
    found = {}
    for story in sorted({one.story for one in told}):
        of_story = [one for one in told if one.story == story]
        with reportedly.Ledger(":memory:") as ledger:
            for one in of_story:
                ledger.add(one.reading)
            entries = {entry.report.id: entry for entry in ledger.entries()}
        copies = find_copies(one.reading.article for one in of_story)
        reports: dict[str, list[str]] = {event: [] for event in of_story[0].kinds}
        for one in of_story:
            for row in one.gold["positions"]:
                position = stories.locate(one.reading.article.text, row)
                stories.match(position, one.reading, one.kinds[row["event"]])
                if position.report is not None:
                    reports[row["event"]].append(position.report.id)
        for event, ids in reports.items():
            held = [entries[i] for i in dict.fromkeys(ids) if i in entries]
            gold = (gold_roots(of_story, event, by_position=False), gold_roots(of_story, event, by_position=True))
            found[story, event] = (*gold, origins_of(held, copies))
    return found


def independent(told: Sequence[Told], part: str) -> list[Figure]:
    """The error of the number of independent origins a key event has."""
    rows = events_of(told).values()
    figures = []
    for at, way in enumerate(("by article", "by position")):
        errors = [abs(len(row[at]) - len(row[2])) for row in rows]
        mean, near = sum(errors) / len(errors), sum(error <= 1 for error in errors) / len(errors)
        figures += [
            Figure(TASK, f"origins of a key event {way}, mean error", mean, len(errors), part, "origins"),
            Figure(TASK, f"origins of a key event {way}, within one", near, len(errors), part),
        ]
    return figures


def figures_of(told: Sequence[Told]) -> list[Figure]:
    """All figures, of the stories worked on and of the one kept aside."""
    parts = {
        "7 stories that were read": [one for one in told if one.story not in KEPT],
        "1 story never read": [one for one in told if one.story in KEPT],
    }
    return [figure for part, some in parts.items() for figure in (*credited(some, part), *independent(some, part))]


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where the stories are not there."""
    return figures_of(read_all(reportedly.Reader()))


def print_errors(told: Sequence[Told]) -> None:
    """What is missed (-) and too much (+), in the stories that are not kept aside."""
    some = [one for one in told if one.story not in KEPT]
    for one in some:
        names, gold = [origin.name for origin in one.reading.origins], one.gold["origins"]
        matched = pairs(names, gold)
        wrong = [f"- {name}" for name in gold if name not in {g for _, g in matched}]
        wrong += [f"+ {name}" for name in names if name not in {f for f, _ in matched}]
        inexact = [f"{a} = {b}" for a, b in matched if key(a) != key(b)]
        print(f"{one.story}/{one.name}: {', '.join(wrong + inexact) or 'right'}")
    for (story, event), (by_article, by_position, found) in events_of(some).items():
        print(f"{story} {event}: {len(by_article)} {len(by_position)} found {len(found)}")
        print("   ", sorted(by_article), sorted(by_position), sorted(found), sep="\n    ")


if __name__ == "__main__":
    if "--errors" in sys.argv:
        print_errors(read_all(reportedly.Reader()))
    else:
        print_figures(run())
