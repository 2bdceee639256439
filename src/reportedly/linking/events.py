"""Makes the event of a group of reports: a computed view, in which every value can be traced to its reports."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportedly.linking import agreement
from reportedly.linking.clusters import order, settled
from reportedly.linking.copies import original_of
from reportedly.linking.disagreements import disagreements
from reportedly.linking.graph import origin_graph
from reportedly.linking.history import history_of
from reportedly.linking.origins import trace
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.status import status_of
from reportedly.linking.summary import summary
from reportedly.records import Copy, Entry, Event, EventReport, Judgement, Link, make_id


def make_event(
    entries: Sequence[Entry],
    links: Iterable[Link] = (),
    copies: Iterable[Copy] = (),
    judgements: Iterable[Judgement] = (),
    publishers: Mapping[str, str | None] | None = None,
    rules: Rules | None = None,
) -> Event:
    """The event of one cluster of entries (at least one).

    Its id comes from its earliest report, so that later reports do not change it. `publishers` names the publishers of
    originals that have no report in the cluster.
    """
    rules = rules or load_rules()
    entries = sorted(entries, key=order)
    articles = {entry.article for entry in entries}
    copies = list(copies)
    originals = original_of(copies)
    core = _core(entries)
    kind = agreement.majority(entry.report.type for entry in core)
    of_kind = [entry for entry in core if entry.report.type == kind]
    mode = agreement.majority(entry.report.mode for entry in of_kind)
    actors, recipients = (agreement.parties(of_kind, side, rules) for side in ("actors", "recipients"))
    if kind in rules.symmetric:
        # Both sides act: who is named on both, by whatever name, stands once.
        recipients = agreement.without(recipients, actors, rules)
    places = agreement.places(core, rules)
    first, last = agreement.days(core)
    traced = trace(entries, copies, publishers, rules)
    origins = traced.origins
    status, reason, grade = status_of(entries, origins, rules, originals)
    said = _quote(entries[0])[0]
    reported = sorted((e.published for e in entries if e.published), key=lambda moment: moment.isoformat())
    return Event(
        id=make_id("event", entries[0].report.id),
        summary=summary(
            of_kind or entries, kind, mode, (actors, recipients), next(iter(places), None), (first, last), rules, said
        ),
        type=kind,
        quad=agreement.majority(entry.report.quad for entry in of_kind),
        mode=mode,
        actors=actors,
        recipients=recipients,
        places=places,
        first=first,
        last=last or (agreement.latest(core) if first is None else None),
        first_reported=reported[0] if reported else None,
        last_reported=reported[-1] if reported else None,
        status=status,
        status_reason=reason,
        grade=grade,
        articles=len(articles),
        copies=len(articles & originals.keys()),
        publishers=len({entry.publisher for entry in entries if entry.publisher}),
        origins=len(origins),
        origin_names=tuple(origins),
        killed=agreement.numbers(entries, "killed"),
        injured=agreement.numbers(entries, "injured"),
        reports=tuple(_line(entry, originals) for entry in entries),
        disagreements=disagreements(entries, rules, originals),
        history=history_of(entries, origins, originals, rules),
        origin_graph=origin_graph(traced, copies),
        why=_why({e.report.id for e in entries}, links, [c for c in copies if c.article in articles], judgements),
    )


def _core(entries: Sequence[Entry]) -> list[Entry]:
    """The reports that describe the happening themselves, if any do; else all."""
    typed = [entry for entry in entries if entry.report.type is not None]
    return [entry for entry in typed if entry.report.refers_to is None] or typed or list(entries)


def _line(entry: Entry, originals: Mapping[str, str]) -> EventReport:
    source = entry.statement.source
    quote, start = _quote(entry)
    return EventReport(
        report=entry.report.id,
        article=entry.article,
        publisher=entry.publisher,
        published=entry.published,
        statement=entry.statement.id,
        source=(source.name or source.text) if source else None,
        source_kind=source.kind if source else None,
        stance=entry.report.stance,
        certainty=entry.report.certainty,
        quote=quote,
        relayed_by=entry.statement.relayed_by,
        copy_of=originals.get(entry.article),
        url=entry.url,
        title=entry.title,
        start=start,
        end=None if start is None else start + len(quote),
    )


def _quote(entry: Entry) -> tuple[str, int | None]:
    """The words of the statement around the report, the sentence where the outlet speaks itself; and where they start.

    None for words that are put together from several places.
    """
    if entry.statement.is_narrator or not entry.statement.content:
        return entry.sentence, _sentence_start(entry)
    at = entry.report.trigger.start
    content = entry.statement.content
    around = next((span for span in content if span.start <= at < span.end), content[0] if len(content) == 1 else None)
    if around is not None:
        return around.text, around.start
    return " … ".join(span.text for span in content), None


def _sentence_start(entry: Entry) -> int | None:
    """Where the report's sentence starts in the article, told by the words in it whose place is known.

    None where the sentence repeats them so that it could start at several places.
    """
    report = entry.report
    known = [report.trigger, *report.actors, *report.recipients, *report.numbers, report.place, report.time]
    starts: set[int] | None = None
    for part in known:
        if part is None or not part.text or (part is not report.trigger and entry.sentence.find(part.text) < 0):
            continue
        found = {part.start - match.start() for match in re.finditer(re.escape(part.text), entry.sentence)}
        starts = {start for start in found if start >= 0} if starts is None else (starts & found or starts)
    return starts.pop() if starts is not None and len(starts) == 1 else None


def _why(
    reports: set[str], links: Iterable[Link], copies: Iterable[Copy], judgements: Iterable[Judgement]
) -> tuple[Mapping[str, Any], ...]:
    """The links, copies and judgements within the event, the strongest links first."""
    held = sorted(
        (link for link in links if link.left in reports and link.right in reports),
        key=lambda link: (-link.score, link.left, link.right),
    )
    lines: list[Mapping[str, Any]] = [
        {"kind": "link", "left": link.left, "right": link.right, "score": link.score, "parts": dict(link.why)}
        for link in held
    ]
    lines += [
        {
            "kind": "copy",
            "article": copy.article,
            "copy_of": copy.copy_of,
            "share": copy.share,
            "evidence": copy.evidence,
        }
        for copy in sorted(copies, key=lambda copy: (copy.article, copy.copy_of))
    ]
    lines += [
        {
            "kind": "judgement",
            "left": left,
            "right": right,
            "same": judged.same,
            "by": judged.by,
            "at": judged.at.isoformat(),
        }
        for (left, right), judged in settled(judgements).items()
        if left in reports and right in reports
    ]
    return tuple(lines)
