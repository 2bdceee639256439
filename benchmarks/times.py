"""Time expressions: TimeML extents and values on TimeBank (news) and WikiWars (narrative), days of 40 news expressions.

Scores as in TempEval-3: a found expression matches a gold one that it overlaps (one to one); the value F1 counts those
whose value is the gold value, character for character. The first half of each set's documents was used for tuning.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks import data
from benchmarks.scorers import Figure, prf
from reportedly.extract.times import find_times, resolve_time
from reportedly.records import TimeSpan

SETS = {"TimeBank": "times/timebank.jsonl", "WikiWars": "times/wikiwars.jsonl"}


def day(text: str) -> dt.date:
    """The day of a publication date that may have a clock time."""
    return dt.date.fromisoformat(text[:10])


def pairs(found: Sequence[TimeSpan], gold: Sequence[dict[str, Any]]) -> list[tuple[TimeSpan, dict[str, Any]]]:
    """Each gold expression with the found one that shares most characters with it, one to one."""
    shared = sorted(
        (
            (max(f.start, g["start"]) - min(f.end, g["end"]), i, j)
            for i, f in enumerate(found)
            for j, g in enumerate(gold)
            if f.start < g["end"] and g["start"] < f.end
        ),
    )
    result, used_found, used_gold = [], set(), set()
    for _, i, j in shared:
        if i not in used_found and j not in used_gold:
            used_found.add(i)
            used_gold.add(j)
            result.append((found[i], gold[j]))
    return result


def score(documents: Iterable[dict[str, Any]]) -> dict[str, tuple[float, int]]:
    """F1 of exact extents, overlapping extents and values, each with the number of gold expressions."""
    found_total = gold_total = exact = overlap = value = 0
    for document in documents:
        found = find_times(document["text"], day(document["published"]))
        found_total += len(found)
        gold_total += len(document["times"])
        for f, g in pairs(found, document["times"]):
            overlap += 1
            exact += (f.start, f.end) == (g["start"], g["end"])
            value += f.value == g["value"]
    measures = {"exact extent F1": exact, "overlap F1": overlap, "value F1": value}
    return {name: (prf(hits, found_total, hits, gold_total).f1, gold_total) for name, hits in measures.items()}


def items() -> tuple[int, int]:
    """How many of the 40 news expressions get an accepted interval of days, and how many there are."""
    lines = data.lines("times/news_items.jsonl")
    right = 0
    for line in lines:
        span = resolve_time(line["text"], published=day(line["published"]), sentence=line["sentence"])
        interval = [str(span.first), str(span.last)] if span else None
        right += interval in line["intervals"]
    return right, len(lines)


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where the sets are not there."""
    figures = []
    for name, path in SETS.items():
        documents = data.lines(path)
        cut = (len(documents) + 1) // 2
        for part, chosen in (("tuned on", documents[:cut]), ("held back", documents[cut:]), ("all", documents)):
            for measure, (f1, n) in score(chosen).items():
                figures.append(Figure("times", f"{measure}, {part}", f1, n, name))
    right, count = items()
    figures.append(Figure("times", "exact intervals", right / count, count, "news items"))
    return figures


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.data:12} {figure.measure:32} {figure.value:.3f}  n={figure.n}")
