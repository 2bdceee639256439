"""Time expressions: TimeML extents and values on TimeBank (news) and WikiWars (narrative), days of 40 news expressions.

Scores as in TempEval-3: a found expression matches a gold one that it overlaps (one to one); the value F1 counts those
whose value is the gold value, character for character. *Interval exact*: of the matched expressions whose gold value is
a stretch of the calendar (a day, week, month, quarter, season, year, decade, century), the share with just those days.
What was read for tuning: the first three quarters of TimeBank's documents, the first half of WikiWars'.
"""

import datetime as dt
import math
import re
import statistics
import time
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks import data
from benchmarks.report import print_figures
from benchmarks.scorers import Figure, prf
from reportedly.extract.times import calendar, find_times, resolve_time
from reportedly.records import TimeSpan

# Each set's file and the share of its documents, from the front, whose texts were read while the rules were made.
SETS = {"TimeBank": ("times/timebank.jsonl", 0.75), "WikiWars": ("times/wikiwars.jsonl", 0.5)}
ROUNDS = 3
_PART = re.compile(r"(?i)\b(?:early|earlier|mid|middle|late|later|latter|start|beginning|opening|end|close)\b|year-end")
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.+)?)?))?|(?P<decade>\d{3})|(?P<century>\d\d)"
)


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


def days_of(value: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day that a TimeML value names; None for durations, sets, references and unknown parts."""
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    part = {key: int(text) if text.isdigit() else text for key, text in found.groupdict().items() if text}
    try:
        period = _period(part)
    except ValueError:
        return None
    return (period.first, period.last) if period.first and period.last else None


def _period(part: dict[str, Any]) -> calendar.Period:
    """Raises ValueError for a day, week or month that the calendar does not have."""
    year = part.get("year", 0)
    if "week" in part:
        monday = dt.date.fromisocalendar(year, part["week"], 1)
        return calendar.weekend(monday) if "weekend" in part else calendar.week(monday)
    if "day" in part:
        return calendar.day(dt.date(year, part["month"], part["day"]))
    if "month" in part:
        return calendar.month(year, part["month"])
    if "quarter" in part:
        return calendar.quarter(year, part["quarter"])
    if "half" in part:
        start, end = calendar.quarter(year, 2 * part["half"] - 1), calendar.quarter(year, 2 * part["half"])
        return calendar.Period(start.first, end.last, None, None)
    if "season" in part:
        return calendar.season(year, part["season"])
    if "decade" in part:
        return calendar.years(part["decade"] * 10, 10)
    return calendar.years(part["century"] * 100, 100) if "century" in part else calendar.year(year)


def score(documents: Iterable[dict[str, Any]]) -> dict[str, tuple[float, int]]:
    """F1 of exact extents, overlapping extents and values with the number of gold expressions; exact intervals.

    What means a part of its value only ("early June", gold value 2014-06) has no interval to compare.
    """
    found_total = gold_total = exact = overlap = value = dated = right = 0
    for document in documents:
        found = find_times(document["text"], day(document["published"]))
        found_total += len(found)
        gold_total += len(document["times"])
        for f, g in pairs(found, document["times"]):
            overlap += 1
            exact += (f.start, f.end) == (g["start"], g["end"])
            value += f.value == g["value"]
            if not g["mod"] and not _PART.search(g["text"]) and (interval := days_of(g["value"])):
                dated += 1
                right += (f.first, f.last) == interval
    measures = {"exact extent F1": exact, "overlap F1": overlap, "value F1": value}
    figures = {name: (prf(hits, found_total, hits, gold_total).f1, gold_total) for name, hits in measures.items()}
    return {**figures, "interval exact": (right / dated if dated else 0.0, dated)}


def items() -> tuple[int, int]:
    """How many of the 40 news expressions get an accepted interval of days, and how many there are."""
    lines = data.lines("times/news_items.jsonl")
    right = 0
    for line in lines:
        span = resolve_time(line["text"], published=day(line["published"]), sentence=line["sentence"])
        interval = [str(span.first), str(span.last)] if span else None
        right += interval in line["intervals"]
    return right, len(lines)


def speed(documents: Sequence[dict[str, Any]]) -> list[Figure]:
    """CPU milliseconds that finding an article's times takes on one core, the best of three rounds for each article."""
    best = []
    for document in documents:
        published, rounds = day(document["published"]), []
        for _ in range(ROUNDS):
            start = time.process_time_ns()
            find_times(document["text"], published)
            rounds.append((time.process_time_ns() - start) / 1e6)
        best.append(min(rounds))
    n = len(best)
    return [
        Figure("times", "an article, mean", statistics.mean(best), n, "TimeBank", "ms"),
        Figure("times", "an article, median", statistics.median(best), n, "TimeBank", "ms"),
    ]


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where the sets are not there."""
    figures = []
    for name, (path, share) in SETS.items():
        documents = data.lines(path)
        cut = math.ceil(len(documents) * share)
        for part, chosen in (("read", documents[:cut]), ("held back", documents[cut:]), ("all", documents)):
            for measure, (value, n) in score(chosen).items():
                figures.append(Figure("times", f"{measure}, {part}", value, n, name))
    right, count = items()
    figures.append(Figure("times", "exact intervals", right / count, count, "news items"))
    return [*figures, *speed(data.lines(SETS["TimeBank"][0]))]


if __name__ == "__main__":
    print_figures(run())
