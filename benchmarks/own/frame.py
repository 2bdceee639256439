"""The dateline, what is not the report, time expressions, and whom the article credits."""

from typing import Any

import reportedly
from benchmarks.own.case import Case, Marks, extent, overlap, touches
from benchmarks.own.gold import names_one, options, words_of


def score_frame(case: Case, marks: Marks) -> None:
    """The dateline in its parts, and what is not the report, to the letter."""
    article, notes = case.reading.article, case.gold.notes
    given = article.dateline and {part: getattr(article.dateline, part) for part in ("place", "outlet", "date")}
    if not marks.tallies["dateline"].share(folded(given) == folded(notes["dateline"])):
        marks.miss("dateline", case.gold, f"{notes['dateline']}, not {given}")
    wanted = {i for reference in notes["skipped"] for i in range(*case.gold.locate(reference))}
    found = {i for part in article.skipped for i in range(part.start, part.end)}
    wrong = {i for i in wanted ^ found if case.gold.text[i].isalnum()}
    if not marks.tallies["skipped parts"].share(not wrong):
        words = "".join(c for i, c in enumerate(case.gold.text) if i in wrong)
        marks.miss("skipped", case.gold, f"{len(wrong)} letters wrong: {words[:80]}")


def folded(dateline: Any) -> Any:
    """A dateline's parts as sets of words."""
    return dateline and {part: words_of(words or "") for part, words in dateline.items()}


def score_times(case: Case, marks: Marks) -> None:
    """Expressions below the headline with the right first and last day; durations count for nothing."""
    gold = [(time, case.gold.locate(time["text"])) for time in case.gold.notes["times"]]
    frame = [extent(case.reading.article.dateline), *map(case.gold.locate, case.gold.notes["skipped"])]
    ours = [
        (t, (t.start, t.end), [d and d.isoformat() for d in (t.first, t.last)])
        for t in reportedly.find_times(case.gold.text, published=case.gold.day)
        if t.start >= case.body and (t.first or t.last) and not touches(extent(t), frame)
    ]
    tally = marks.tallies["times"]
    hit = set()
    for time, at in gold:
        near = [(t, days) for t, where, days in ours if overlap(where, at)]
        right = any(days in time["intervals"] for _, days in near)
        if time.get("optional") and not right:
            hit |= {id(t) for t, _ in near}
        if right:
            hit |= {id(t) for t, _ in near}
        if time.get("optional"):
            continue
        tally.gold += 1
        tally.matched_gold += right
        tally.found += bool(near)
        tally.matched_found += right
        if not right:
            given = [f"{t.text} {days}" for t, days in near]
            marks.miss("times", case.gold, f"{time['text']} {time['intervals']}, not {given}")
        hit |= {id(t) for t, _ in near}
    for t, _, days in ours:
        if id(t) not in hit:
            tally.found += 1
            marks.miss("times too many", case.gold, f"{t.text} {days}")


def score_origins(case: Case, marks: Marks) -> None:
    """Names of those credited."""
    wanted, given = case.gold.notes["origins"], [origin.name for origin in case.reading.origins]

    def same(right: Any, name: str) -> bool:
        return any(names_one(option, name) or names_one(name, option) for option in options(right))

    tally = marks.tallies["origins"]
    tally.gold += len(wanted)
    tally.found += len(given)
    for right in wanted:
        tally.matched_gold += (found := any(same(right, name) for name in given))
        if not found:
            marks.miss("origins", case.gold, f"missed {right}")
    for name in given:
        tally.matched_found += (known := any(same(right, name) for right in wanted))
        if not known:
            marks.miss("origins", case.gold, f"too many: {name}")
