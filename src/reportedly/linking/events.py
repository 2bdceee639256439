"""Makes the event of a group of reports: a computed view, in which every value can be traced to its reports."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportedly.linking import agreement
from reportedly.linking.clusters import order, settled
from reportedly.linking.copies import original_of
from reportedly.linking.origins import origins_of
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.status import status_of
from reportedly.records import Actor, Copy, Entry, Event, EventReport, Judgement, Link, Place, make_id

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


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
    origins = origins_of(entries, copies, publishers, rules)
    status, reason, grade = status_of(entries, origins, rules)
    reported = sorted((e.published for e in entries if e.published), key=lambda moment: moment.isoformat())
    return Event(
        id=make_id("event", entries[0].report.id),
        summary=_summary(entries[0], kind, mode, actors, recipients, places, (first, last), rules),
        type=kind,
        quad=agreement.majority(entry.report.quad for entry in of_kind),
        mode=mode,
        actors=actors,
        recipients=recipients,
        places=places,
        first=first,
        last=last,
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
        disagreements=agreement.disagreements(entries, rules),
        why=_why({e.report.id for e in entries}, links, [c for c in copies if c.article in articles], judgements),
    )


def _core(entries: Sequence[Entry]) -> list[Entry]:
    """The reports that describe the happening themselves, if any do; else all."""
    typed = [entry for entry in entries if entry.report.type is not None]
    return [entry for entry in typed if entry.report.refers_to is None] or typed or list(entries)


def _line(entry: Entry, originals: Mapping[str, str]) -> EventReport:
    source = entry.statement.source
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
        quote=_quote(entry),
        relayed_by=entry.statement.relayed_by,
        copy_of=originals.get(entry.article),
    )


def _quote(entry: Entry) -> str:
    """The words of the statement around the report; the sentence where the outlet speaks itself."""
    if entry.statement.is_narrator or not entry.statement.content:
        return entry.sentence
    at = entry.report.trigger.start
    around = [span.text for span in entry.statement.content if span.start <= at < span.end]
    return around[0] if around else " … ".join(span.text for span in entry.statement.content)


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


def _summary(
    earliest: Entry,
    kind: str | None,
    mode: str | None,
    actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...],
    places: tuple[Place, ...],
    days: tuple[dt.date | None, dt.date | None],
    rules: Rules,
) -> str:
    """Who – what – to whom, where, when; what is not known is left out."""
    if kind is None:
        words = " ".join(earliest.report.trigger.text.split())
        what = f"“{words}” (no event type)"
    else:
        what = " ".join(filter(None, (mode and mode.replace("-", " "), rules.names.get(kind, kind.lower()))))
    if earliest.report.modality in ("planned", "conditional"):
        what = f"{earliest.report.modality} {what}"
    sides = [_listed(actors), what, _listed(recipients)]
    where = (places[0].name or places[0].text) if places else None
    if where in {actor.name for actor in (*actors, *recipients)}:
        where = None  # "assault – Mosul, Mosul" says it twice
    return ", ".join(filter(None, (" – ".join(filter(None, sides)), where, _when(*days))))


def _listed(actors: tuple[Actor, ...]) -> str:
    names = [" ".join(actor.name.split()) for actor in actors]
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _when(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        end = first or last
        return f"{'from' if first else 'by'} {_day(end)}" if end else ""
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]}–{_day(last)}"
    return f"{_day(first)}–{_day(last)}"


def _day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
