"""Times from the lead and the dateline: for the title, for what points back to the lead, for the lead itself."""

import dataclasses
from collections.abc import Mapping, Sequence

from reportedly.extract.times.find import find_times
from reportedly.extract.times.tense import by_tree
from reportedly.extract.times.words import Words
from reportedly.parsing import Parse
from reportedly.records import Article, Report, TimeSpan
from reportedly.telling import is_definite

_LEAD = 2  # sentences after the title


def points_back(parse: Parse, trigger: int, words: Words) -> bool:
    """Whether it is a definite noun in a past clause: "the attack killed five", not "the shelling is daily"."""
    past = by_tree(parse, parse.start[trigger], parse.end[trigger], words) == "past"
    return past and is_definite(parse, trigger)


def from_lead(
    article: Article, parse: Parse, reports: Sequence[Report], times: Mapping[str, TimeSpan], words: Words
) -> dict[str, TimeSpan]:
    """The times that the lead or the dateline gives to reports without one, by report."""
    title = article.title_span
    body = next((at for at, (first, _) in enumerate(parse.sentences) if not _in_title(article, parse.start[first])), 0)
    lead: dict[str, TimeSpan | None] = {}
    placed = []
    for report in sorted(reports, key=lambda one: one.trigger.start):
        if report.type is None or report.modality != "actual" or report.negated:
            continue
        tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
        if tokens:
            placed.append((report, parse.top(tokens.start, tokens.stop), parse.sentence_of[tokens.start]))
    for report, _, sentence in placed:
        if body <= sentence < body + _LEAD and (time := times.get(report.id)) is not None and time.first is not None:
            # Two days in the lead: it is not known which is meant.
            same = lead.get(report.type or "", time)
            lead[report.type or ""] = (
                time if same is not None and (same.first, same.last) == (time.first, time.last) else None
            )
    found: dict[str, TimeSpan] = {}
    dated = _dateline(article)
    last_day: dict[str, TimeSpan] = {}
    for report, trigger, sentence in placed:
        kind = report.type or ""
        if (own := times.get(report.id)) is not None:
            last_day[kind] = own
            continue
        time = lead.get(kind)
        in_title = title is not None and _in_title(article, report.trigger.start)
        same_day = kind not in last_day or time is None or last_day[kind].first == time.first
        if time is not None and (in_title or (same_day and points_back(parse, trigger, words))):
            found[report.id] = dataclasses.replace(time, basis="lead")
        elif dated is not None and body <= sentence < body + _LEAD:
            found[report.id] = dated
    return found


def _in_title(article: Article, start: int) -> bool:
    title = article.title_span
    return title is not None and title.start <= start < title.end


def _dateline(article: Article) -> TimeSpan | None:
    """The dateline's day as the latest that the lead's happening can have; open to the past."""
    line = article.dateline
    if line is None or not line.date or (at := article.text.find(line.date, line.start, line.end)) < 0:
        return None
    spans = find_times(article.text[at : at + len(line.date)], article.day)
    if len(spans) != 1 or spans[0].last is None:
        return None
    span = spans[0]
    return TimeSpan(
        text=article.text[at + span.start : at + span.end],
        start=at + span.start,
        end=at + span.end,
        first=None,
        last=span.last,
        grain=span.grain,
        basis="dateline",
    )
